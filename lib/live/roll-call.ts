/** So long the first to ask waits for others. */
export const gatherMs = 250

/**
 * One question for all who ask within a quarter of a second: a thousand streams that each look after their own session
 * every few seconds would otherwise be hundreds of questions a second. Nothing is kept; whoever asks later asks anew.
 * @param call answers for many at once; if it fails, it fails for all who asked
 */
export function openRollCall<Who, Answer>(call: (all: readonly Who[]) => Promise<(one: Who) => Answer>) {
  let gathering: { all: Who[]; answer: Promise<(one: Who) => Answer> } | undefined

  const gather = () => {
    const all: Who[] = []
    const answer = new Promise((resolve) => setTimeout(resolve, gatherMs)).then(() => {
      gathering = undefined
      return call(all)
    })
    return { all, answer }
  }

  return async (one: Who): Promise<Answer> => {
    gathering ??= gather()
    gathering.all.push(one)
    return (await gathering.answer)(one)
  }
}
