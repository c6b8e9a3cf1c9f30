// `ip addr`, `ip link` and `ip route`: the tables of a host as iproute2 prints them, and those of a pod. Nothing can be
// changed with it.
import { Random } from '../../engine/random.ts'
import { type Tool, ToolError, tool } from '../../shell/command.ts'

interface Interface {
  readonly name: string
  readonly flags: string
  readonly mtu?: number
  readonly kind?: string
  readonly mac: string
  readonly peer?: string
  /** With its prefix length. */
  readonly address?: string
  /** Of IPv6, with its prefix length. */
  readonly address6?: string
}

interface View {
  readonly interfaces: readonly Interface[]
  readonly routes: readonly string[]
}

export const up = 'BROADCAST,MULTICAST,UP,LOWER_UP'
export const loopback: Interface = {
  name: 'lo',
  flags: 'LOOPBACK,UP,LOWER_UP',
  mtu: 65536,
  mac: '00:00:00:00:00:00',
  address: '127.0.0.1/8',
}

export function mac(name: string): string {
  const hex = new Random(1).fork(`mac ${name}`).hex(10)
  return `52:${hex.match(/../g)!.join(':')}`
}

/** The last address of `172.17.0.2/16`. */
function broadcast(address: string): string {
  const [text = '', bits = '24'] = address.split('/')
  const own = text.split('.').map(Number)
  return own.map((part, i) => part | (255 >> Math.max(0, Math.min(8, Number(bits) - i * 8)))).join('.')
}

/** The range of `172.17.0.2/16`: `172.17.0.0/16`. */
function rangeOf(address: string): string {
  const [text = '', bits = '24'] = address.split('/')
  const own = text.split('.').map(Number)
  const first = own.map((part, i) => part & ~(255 >> Math.max(0, Math.min(8, Number(bits) - i * 8))) & 255)
  return `${first.join('.')}/${bits}`
}

/** The first address of a /24. */
export const gateway = (address: string): string => address.replace(/\.\d+(\/\d+)?$/, '.1')
export const network = (address: string): string => address.replace(/\.\d+(\/\d+)?$/, '.0/24')

export const iproute = (view: () => View): Tool =>
  tool('ip', 'addresses and routes', function* ({ argv, stdout }) {
    const [object = '', verb = 'show', ...rest] = argv.slice(1).filter(a => !a.startsWith('-'))
    const oneLine = argv.slice(1).some(a => /^-o(neline)?$/.test(a))
    const { interfaces, routes } = view()
    if (!/^(s|show|list|ls|l)$/.test(verb))
      throw new ToolError(`ip: only showing is possible here: ip ${object} show`, 2)
    if (/^r(o(ute?)?)?$/.test(object)) for (const route of routes) stdout.write(`${route}\n`)
    else if (/^(a(d(dr(ess)?)?)?|l(i(nk?)?)?)$/.test(object)) {
      const wanted = rest.filter(a => a !== 'dev')[0]
      const found = [...interfaces.entries()].filter(([, i]) => !wanted || i.name === wanted)
      if (!found.length) throw new ToolError(`Device "${wanted}" does not exist.`)
      for (const [index, each] of found) {
        const { name, flags, mtu = 1500, kind = 'ether', address, peer = '' } = each
        const isLoopback = name === 'lo'
        if (oneLine && object.startsWith('a')) {
          const scope = isLoopback
            ? ` scope host lo`
            : ` brd ${broadcast(address ?? '')} scope global ${name}`
          const rest = '\\       valid_lft forever preferred_lft forever\n'
          if (address) stdout.write(`${index + 1}: ${name}    inet ${address}${scope}${rest}`)
          if (each.address6)
            stdout.write(`${index + 1}: ${name}    inet6 ${each.address6} scope host ${rest}`)
          continue
        }
        stdout.write(
          `${index + 1}: ${name}${peer}: <${flags}> mtu ${mtu} qdisc noqueue state ${isLoopback ? 'UNKNOWN' : 'UP'} group default qlen 1000\n` +
            `    link/${isLoopback ? 'loopback' : kind} ${each.mac} brd ${isLoopback ? '00:00:00:00:00:00' : 'ff:ff:ff:ff:ff:ff'}\n`,
        )
        if (address && object.startsWith('a'))
          stdout.write(
            `    inet ${address}${isLoopback ? ' scope host lo' : ` brd ${broadcast(address)} scope global ${name}`}\n       valid_lft forever preferred_lft forever\n`,
          )
      }
    } else throw new ToolError(`Object "${object}" is unknown, try "ip help".`, 255)
    return 0
  })

/** The loopback of a container of docker's. */
const loopback6: Interface = { ...loopback, address6: '::1/128' }

/**
 * In a pod: one card with its address, everything else by the bridge. A container of docker's has one for each of its
 * networks, or none.
 */
export const podIp: Tool = {
  name: 'ip',
  summary: 'addresses and routes',
  run: process => {
    const { address, interfaces } = process.network
    const cards = interfaces
      ? interfaces.map((each, i) => ({ ...each, name: `eth${i}`, peer: `@if${4 + 2 * i}`, flags: up }))
      : [{ name: 'eth0', peer: '@if4', flags: up, mac: mac(address), address: `${address}/24` }]
    const first = interfaces?.[0]?.gateway ?? (interfaces ? undefined : gateway(address))
    const routes = [
      ...(first ? [`default via ${first} dev eth0`] : []),
      ...cards.map(
        ({ name, address: own }) =>
          `${rangeOf(own)} dev ${name} proto kernel scope link src ${own.split('/')[0]}`,
      ),
    ]
    const own = interfaces ? loopback6 : loopback
    return iproute(() => ({ interfaces: [own, ...cards], routes })).run(process)
  },
}
