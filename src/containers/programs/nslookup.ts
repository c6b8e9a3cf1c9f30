// nslookup as busybox has it: up to 1.28 over the C library's lookups with reverse names, later over its own queries,
// which take every domain of the search list for a name without dots.
import type { DnsRecord } from '../../engine/network.ts'
import type { Process, Program } from '../../engine/process.ts'
import type { Task } from '../../engine/task.ts'

const reverse = (address: string) => `${address.split('.').reverse().join('.')}.in-addr.arpa`
const isAddress = (text: string) => /^\d+(\.\d+){3}$/.test(text)

function resolvConf({ files }: Process): { server: string; search: string[] } {
  const text = files.exists('/etc/resolv.conf') ? files.read('/etc/resolv.conf') : ''
  const server = /^nameserver\s+(\S+)/m.exec(text)?.[1] ?? '127.0.0.1'
  return { server, search: /^search\s+(.*)$/m.exec(text)?.[1]?.split(/\s+/) ?? [] }
}

const oldUsage = `BusyBox v1.28.4 (2026-11-23 09:05:47 UTC) multi-call binary.

Usage: nslookup [HOST] [SERVER]

Query the nameserver for the IP address of the given HOST
optionally using a specified DNS server
`

function* nameOf(process: Process, address: string): Task<string> {
  const answer = yield* process.network.query(reverse(address), 'PTR', 5000)
  const name = answer.ok ? answer.value.records[0]?.data : undefined
  return name ? ` ${name}` : ''
}

/** busybox 1.28 and before. */
export const oldNslookup: Program = function* (process) {
  const { argv, stdout, stderr, network } = process
  const host = argv[1]
  if (!host || host.startsWith('-')) {
    stderr.write(oldUsage)
    return 1
  }
  const { server } = resolvConf(process)
  stdout.write(`Server:    ${server}\nAddress 1: ${server}${yield* nameOf(process, server)}\n\n`)
  const found = yield* network.lookup(host)
  if (!found.ok) {
    stderr.write(`nslookup: can't resolve '${host}'\n`)
    return 1
  }
  stdout.write(`Name:      ${host}\n`)
  for (const [i, address] of found.value.entries())
    stdout.write(`Address ${i + 1}: ${address}${yield* nameOf(process, address)}\n`)
  return 0
}

/** busybox since 1.29. */
export const newNslookup: Program = function* (process) {
  const { argv, stdout, stderr, network } = process
  const args = argv.slice(1)
  const type = args
    .find(a => /^-(query)?type=|^-q=/i.test(a))
    ?.split('=')[1]
    ?.toUpperCase()
  const [host, given] = args.filter(a => !a.startsWith('-'))
  if (!host) {
    stderr.write(
      'BusyBox v1.36.1 (2026-11-23 09:05:47 UTC) multi-call binary.\n\nUsage: nslookup [-type=QUERY_TYPE] [-debug] HOST [DNS_SERVER]\n\nQuery DNS about HOST\n\nQUERY_TYPE: soa,ns,a,aaaa,cname,mx,txt,ptr,srv,any\n',
    )
    return 1
  }
  const { server: configured, search } = resolvConf(process)
  const server = given ?? configured
  const names = isAddress(host)
    ? [reverse(host)]
    : host.includes('.')
      ? [host.replace(/\.$/, '')]
      : search.map(domain => `${host}.${domain}`)
  const types = type ? [type] : isAddress(host) ? ['PTR'] : ['A', 'AAAA']
  stdout.write(`Server:\t\t${server}\nAddress:\t${server}:53\n\n`)
  let code = 0
  for (const name of names.length ? names : [host]) {
    for (const each of types) {
      const answer = yield* network.query(name, (each === 'AAAA' ? 'A' : each) as DnsRecord['type'], 5000)
      if (!answer.ok) {
        stderr.write(';; connection timed out; no servers could be reached\n\n')
        return 1
      }
      if (answer.value.code !== 'NOERROR') {
        stdout.write(`** server can't find ${name}: ${answer.value.code}\n\n`)
        code = 1
        continue
      }
      const records =
        each === 'AAAA' ? answer.value.records.filter(r => r.type === 'CNAME') : answer.value.records
      stdout.write(`${records.map(line).join('')}\n`)
    }
  }
  return code
}

function line({ name, type, data }: DnsRecord): string {
  if (type === 'A') return `Name:\t${name}\nAddress: ${data}\n`
  if (type === 'CNAME') return `${name}\tcanonical name = ${data}\n`
  if (type === 'PTR') return `${name}\tname = ${data}\n`
  return `${name}\tservice = ${data}\n`
}
