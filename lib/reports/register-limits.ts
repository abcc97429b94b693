/** Rows of the longest register: about 90 MB, which a spreadsheet still opens (it stops at 1,048,576). */
export const registerMost = 200_000

/** Rows read at a time. */
export const registerPage = 5_000

/** Why no register is made while tables and chain disagree. The same for whoever asks and for the file being filled. */
export const inDoubtWords =
  'A value in our tables differs from the chain. No report is made until a complete comparison finds none that does.'
