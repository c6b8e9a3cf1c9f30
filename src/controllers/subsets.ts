// How Endpoints are made of addresses and ports: each port stands with all the addresses that offer it, ports that the same
// addresses offer stand together, and several such subsets are in the order of their hashes. Rules:
// pkg/api/v1/endpoints/util.go (RepackSubsets, SortSubsets, LessEndpointAddress).
import type { EndpointAddress, EndpointPort, EndpointSubset } from '../kinds/schema/types.ts'
import { dumpOfPort, hashOf, inEndpoints, pointer } from './port-order.ts'

export type Port = EndpointPort
export type Subset = EndpointSubset

/** One pod, as a service reaches it. */
export interface Endpoint {
  readonly address: EndpointAddress
  readonly ready: boolean
  readonly ports: readonly Port[]
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** By IP as a text, 20.2.1.10 before 20.2.1.9; then by the pod's uid. */
export const inAddressOrder = (endpoints: readonly Endpoint[]): Endpoint[] =>
  [...endpoints].sort(
    ({ address: a }, { address: b }) =>
      compare(a.ip, b.ip) || compare(a.targetRef?.uid ?? '', b.targetRef?.uid ?? ''),
  )

/** `endpoints`: in the order in which addresses are to stand. */
export function repack(endpoints: readonly Endpoint[]): Subset[] {
  const byPort = new Map<string, { readonly port: Port | undefined; readonly members: Endpoint[] }>()
  const offer = (key: string, port: Port | undefined, endpoint: Endpoint) => {
    const known = byPort.get(key)
    if (known) known.members.push(endpoint)
    else byPort.set(key, { port, members: [endpoint] })
  }
  for (const endpoint of endpoints) {
    if (endpoint.ports.length === 0) offer('', undefined, endpoint)
    for (const port of endpoint.ports) offer(dumpOfPort(port), port, endpoint)
  }
  const groups: { readonly members: readonly Endpoint[]; readonly ports: Port[] }[] = []
  for (const { port, members } of byPort.values()) {
    const group = groups.find(each => sameMembers(each.members, members))
    if (!group) groups.push({ members, ports: port ? [port] : [] })
    else if (port) group.ports.push(port)
  }
  const subsets = groups.map(({ members, ports }): Subset => {
    const ready = members.filter(each => each.ready).map(each => each.address)
    const notReady = members.filter(each => !each.ready).map(each => each.address)
    return {
      ...(ready.length && { addresses: ready }),
      ...(notReady.length && { notReadyAddresses: notReady }),
      ...(ports.length && { ports: inEndpoints(ports) }),
    }
  })
  if (subsets.length < 2) return subsets
  return subsets
    .map(subset => ({ subset, hash: hashOf(dump(subset)) }))
    .sort((a, b) => (a.hash < b.hash ? -1 : a.hash > b.hash ? 1 : 0))
    .map(({ subset }) => subset)
}

/** Both are in the same order. */
const sameMembers = (a: readonly Endpoint[], b: readonly Endpoint[]): boolean =>
  a.length === b.length && a.every((each, i) => each === b[i])

/** What Go's spew prints of a subset (`%#v`); parts of a list have no type of their own. */
function dump({ addresses, notReadyAddresses, ports }: Subset): string {
  const list = <T>(type: string, items: readonly T[] | undefined, text: (item: T) => string) =>
    `([]v1.${type})${items ? `[${items.map(text).join(' ')}]` : '<nil>'}`
  const addressList = (items: readonly EndpointAddress[] | undefined) =>
    list('EndpointAddress', items, dumpOfAddress)
  const portList = list('EndpointPort', ports, port => dumpOfPort(port).replace(/^\([^)]*\)/, ''))
  return `(v1.EndpointSubset){Addresses:${addressList(addresses)} NotReadyAddresses:${addressList(notReadyAddresses)} Ports:${portList}}`
}

function dumpOfAddress({ ip, hostname = '', nodeName, targetRef }: EndpointAddress): string {
  const {
    kind = '',
    namespace = '',
    name = '',
    uid = '',
    apiVersion = '',
    resourceVersion = '',
    fieldPath = '',
  } = targetRef ?? {}
  const reference = targetRef
    ? `(*v1.ObjectReference){Kind:(string)${kind} Namespace:(string)${namespace} Name:(string)${name} UID:(types.UID)${uid} APIVersion:(string)${apiVersion} ResourceVersion:(string)${resourceVersion} FieldPath:(string)${fieldPath}}`
    : '(*v1.ObjectReference)<nil>'
  return `{IP:(string)${ip} Hostname:(string)${hostname} NodeName:${pointer('string', nodeName)} TargetRef:${reference}}`
}
