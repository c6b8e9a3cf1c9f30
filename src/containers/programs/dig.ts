// dig: one question to the name server, and its answer as dig prints it. +short, -x, +search; types A, CNAME, SRV, PTR.
import type { DnsRecord } from '../../engine/network.ts'
import type { Program } from '../../engine/process.ts'

const types = ['A', 'CNAME', 'SRV', 'PTR'] as const

export const dig: Program = function* ({ argv, engine, files, network, stdout }) {
  const args = argv.slice(1)
  const short = args.includes('+short')
  let type: DnsRecord['type'] = 'A'
  let name = ''
  for (const [i, arg] of args.entries()) {
    if (arg === '-x') {
      type = 'PTR'
      name = `${(args[i + 1] ?? '').split('.').reverse().join('.')}.in-addr.arpa`
    } else if (/^[-+@]/.test(arg) || args[i - 1] === '-x' || args[i - 1] === '-t') {
      if (args[i - 1] === '-t') type = arg.toUpperCase() as DnsRecord['type']
    } else if ((types as readonly string[]).includes(arg.toUpperCase()))
      type = arg.toUpperCase() as DnsRecord['type']
    else if (!name && arg.toUpperCase() !== 'ANY') name = arg
  }
  const search =
    args.includes('+search') && files.exists('/etc/resolv.conf')
      ? (/^search (.*)$/m.exec(files.read('/etc/resolv.conf'))?.[1]?.split(' ') ?? [])
      : []
  const candidates = [...search.map(domain => `${name}.${domain}`), name].map(each => each.replace(/\.$/, ''))
  const started = engine.now
  for (const [i, candidate] of candidates.entries()) {
    const result = yield* network.query(candidate, type, 5000)
    if (!result.ok) {
      stdout.write(
        `;; communications error: ${result.error.type === 'timeout' ? 'timed out' : 'connection refused'}\n\n;; no servers could be reached\n`,
      )
      return 9
    }
    const { code, records, server } = result.value
    if (code === 'NXDOMAIN' && i < candidates.length - 1) continue
    if (short) {
      for (const record of records) stdout.write(`${record.data}\n`)
      return 0
    }
    const id = 10_000 + engine.random.below(50_000)
    const answer = records.map(
      record => `${record.name.replace(/\.?$/, '.')}\t${record.ttl}\tIN\t${record.type}\t${record.data}\n`,
    )
    stdout.write(
      `\n; <<>> DiG 9.18.28 <<>> ${args.join(' ')}\n;; global options: +cmd\n;; Got answer:\n;; ->>HEADER<<- opcode: QUERY, status: ${code}, id: ${id}\n;; flags: qr aa rd; QUERY: 1, ANSWER: ${records.length}, AUTHORITY: 0, ADDITIONAL: 1\n\n;; QUESTION SECTION:\n;${candidate}.\t\tIN\t${type}\n\n${answer.length ? `;; ANSWER SECTION:\n${answer.join('')}\n` : ''};; Query time: ${Math.max(0, Math.round(engine.now - started))} msec\n;; SERVER: ${server}#53(${server}) (UDP)\n\n`,
    )
    return 0
  }
  return 0
}
