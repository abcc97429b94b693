import { type Address, encodeFunctionData, zeroAddress } from 'viem'
import { bindModules, deployModules, type ModulesPlan } from './deploy-modules'
import type { Sender } from './deploy-sender'
import type { DeployedInstrument, DeployedModule } from './deployment'
import { complianceBytecode, instrumentProxyBytecode } from './generated/bytecode'
import { complianceAbi } from './generated/compliance'
import { instrumentAbi } from './generated/instrument'
import { instrumentProxyAbi } from './generated/instrument-proxy'

export type InstrumentPlan = { name: string; symbol: string; decimals: number; modules?: ModulesPlan }

/** One instrument with its rules behind it. Until the policy has a rate for it, nothing moves. */
export async function deployInstrument(
  send: Sender,
  suite: { roles: Address; policy: Address; implementation: Address },
  { name, symbol, decimals, modules: rules = {} }: InstrumentPlan,
): Promise<DeployedInstrument> {
  const { roles, policy, implementation } = suite
  // Limits last: the other rules cost less to ask, and refuse before anything is counted.
  const modules: DeployedModule[] = [
    ...(await deployModules(send, roles, rules)),
    { kind: 'limits', address: policy },
  ]
  const asked = modules.map(({ address }) => address)
  const compliance = await send.deploy(complianceAbi, complianceBytecode, [roles, asked])
  const initialisation = encodeFunctionData({
    abi: instrumentAbi,
    functionName: 'initialize',
    args: [name, symbol, decimals, compliance, zeroAddress],
  })
  const address = await send.deploy(instrumentProxyAbi, instrumentProxyBytecode, [
    implementation,
    initialisation,
  ])
  await send.call(compliance, { abi: complianceAbi, functionName: 'bindToken', args: [address] })
  await bindModules(send, modules, address)
  return { address, compliance, modules, symbol, name, decimals, standard: 'plimsoll' }
}
