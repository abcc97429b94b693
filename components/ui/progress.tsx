type Props = {
  /** Whole per cent. */
  share: number
  /** What it says under the bar. */
  text: string
  label: string
}

/** How much of something is done. Drawn as SVG: our content policy allows no style attributes. */
export function Progress({ share, text, label }: Props) {
  return (
    <div className="mt-2 max-w-120">
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={share}
        aria-valuetext={text}
      >
        <svg aria-hidden="true" width="100%" height="8" className="block">
          <rect width="100%" height="8" rx="2" className="fill-subtle" />
          <rect width={`${share}%`} height="8" rx="2" className="fill-bar" />
        </svg>
      </div>
      <p className="mt-1 text-secondary tabular-nums">{text}</p>
    </div>
  )
}
