/** Returns whether anything was written. */
export function generateClient(): boolean
