// traceroute of busybox: by the pod's gateway to an address that answers an echo; services' addresses answer none.

import { sleep } from '../../engine/task.ts'
import { type Tool, ToolError, tool } from '../../shell/command.ts'
import { parseOptions } from '../../shell/tools/options.ts'
import { gateway } from './ip.ts'

export const traceroute: Tool = tool('traceroute', 'the way to a host', function* (process) {
  const { engine, network, stdout, stderr } = process
  const options = parseOptions(process, 'Fnrvldm:w:q:p:s:i:I46')
  const [host] = options.operands
  if (!host)
    throw new ToolError(
      'BusyBox v1.36.1 () multi-call binary.\n\nUsage: traceroute [-46FIlnrv] [-m MAXTTL] HOST [BYTES]',
    )
  const found = yield* network.lookup(host)
  if (!found.ok) throw new ToolError(`traceroute: bad address '${host}'`)
  const address = found.value[0]!
  const most = Number(options.value('m') ?? 30)
  const patience = Number(options.value('w') ?? 5) * 1000
  stderr.write(`traceroute to ${host} (${address}), ${most} hops max, 46 byte packets\n`)
  const times = () => Array.from({ length: 3 }, () => `  0.0${10 + engine.random.below(80)} ms`).join('')
  const line = (hop: number, at: string) =>
    stdout.write(`${String(hop).padStart(2)}  ${options.has('n') ? at : `${at} (${at})`}${times()}\n`)
  let hop = 1
  if (address !== network.address && address !== '127.0.0.1') line(hop++, gateway(network.address))
  const reply = yield* network.connect(address, 33_434, patience)
  if (reply.ok || reply.error.type === 'refused') line(hop, address)
  else
    for (; hop <= most; hop++) {
      stdout.write(`${String(hop).padStart(2)}  *  *  *\n`)
      yield* sleep(patience * 3)
    }
  return 0
})
