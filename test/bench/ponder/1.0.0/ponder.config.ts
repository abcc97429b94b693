import { createConfig } from 'ponder'
import { http } from 'viem'
import { tokenAbi } from './token-abi'

/** Tuned: no throttle of requests and no limit to answers, of which viem's 10 MiB ends a run with this chain. */
const tuned = process.env.BENCH_TUNED === '1'

export default createConfig({
  database: { kind: 'postgres', connectionString: process.env.DATABASE_URL },
  networks: {
    bench: {
      chainId: 31337,
      transport: http(process.env.BENCH_RPC_URL, { maxResponseBodySize: false }),
      ...(tuned && { maxRequestsPerSecond: 100_000 }),
    },
  },
  contracts: {
    Token: {
      abi: tokenAbi,
      network: 'bench',
      address: process.env.BENCH_TOKEN as `0x${string}`,
      startBlock: 1,
    },
  },
})
