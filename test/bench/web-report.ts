import type { Delivery, Share } from './web'

const target = 0.45

export function printShares(shares: readonly Share[]): void {
  console.log(`\n${'at 10 connections, requests a second'.padEnd(44)}portal    bare   share`)
  for (const { path, kind, portal, bare } of shares) {
    const share = portal / bare
    const short = kind === 'handler' && share < target ? `  under ${target * 100} %` : ''
    const name = `${kind} ${path.split('?')[0]}`.padEnd(40)
    const figures = [portal, bare].map((rate) => rate.toFixed(0).padStart(8)).join('')
    console.log(`${name}  ${figures}${(share * 100).toFixed(0).padStart(6)} %${short}`)
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
