/** The load line of a ship: the line above which nothing may be loaded. */
export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      aria-hidden="true"
      className="shrink-0 text-action"
    >
      <circle cx="12" cy="12" r="8" />
      <path d="M1 12h22" />
    </svg>
  )
}
