/** Rows of the longest register: about 90 MB, which a spreadsheet still opens (it stops at 1,048,576). */
export const registerMost = 200_000

/** Rows read at a time. */
export const registerPage = 5_000
