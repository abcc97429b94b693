import type { Delivery, Share } from './web'

const target = 0.45

export async function printShares(shares: AsyncIterable<Share>): Promise<void> {
  const heads = ['portal', 'bare', 'share', 'CPU ms', 'bare']
  console.log(
    `\nat 10 connections, requests a second${' '.repeat(6)}${heads.map((head) => head.padStart(9)).join('')}`,
  )
  for await (const { path, kind, portal, bare } of shares) {
    const share = portal.perSecond / bare.perSecond
    const short = kind === 'handler' && share < target ? `  under ${target * 100} %` : ''
    const figures = [
      ...[portal, bare].map(({ perSecond }) => perSecond.toFixed(0)),
      `${(share * 100).toFixed(0)} %`,
      ...[portal, bare].map(({ cpuMs }) => cpuMs.toFixed(2)),
    ]
    const name = `${kind} ${path.split('?')[0]}`.padEnd(41)
    console.log(`${name}${figures.map((figure) => figure.padStart(9)).join('')}${short}`)
  }
}

export function printDelivery(portal: Delivery, bare: Delivery): void {
  console.log(`\n${'live stream'.padEnd(24)}readers    told  p50 ms  p95 ms`)
  for (const [name, { readers, told, milliseconds }] of [
    ['portal', portal],
    ['bare', bare],
  ] as const) {
    const figures = [readers, told, at(milliseconds, 0.5), at(milliseconds, 0.95)]
    console.log(`${name.padEnd(23)}${figures.map((value) => value.toFixed(0).padStart(8)).join('')}`)
  }
  console.log(`ratio of p95 ${(at(portal.milliseconds, 0.95) / at(bare.milliseconds, 0.95)).toFixed(1)}`)
}

function at(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN
}
