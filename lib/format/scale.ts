/**
 * Round ticks for an axis from zero: at most `most` of them above zero, the last at or above `top`. For drawing only,
 * where a double is exact enough; a `top` of zero gives one tick, so that an empty chart still has an axis.
 */
export function ticksTo(top: number, most = 3): number[] {
  if (!(top > 0)) return [0]
  const rough = top / most
  const power = 10 ** Math.floor(Math.log10(rough))
  const step =
    [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough) ?? rough
  return Array.from({ length: Math.ceil(top / step) + 1 }, (_, index) => index * step)
}
