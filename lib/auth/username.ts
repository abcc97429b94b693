/**
 * Usernames are plain ASCII. A fullwidth `ａｎｎａ` folds to `anna` (NFKC), as a person on such a keyboard means it;
 * a homoglyph (Cyrillic `а`) does not fold and is no username, so two that look alike cannot both exist.
 */
export function normaliseUsername(text: string): string | undefined {
  if (text.length > 64) return undefined
  const folded = text.normalize('NFKC').trim().toLowerCase()
  return /^[a-z0-9](?:[a-z0-9._-]{0,38}[a-z0-9])?$/.test(folded) ? folded : undefined
}
