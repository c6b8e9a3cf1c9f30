// The fresh cluster's objects at a point of virtual time: the recorded ones, moved to the world's clock, with made-up
// values filled in. Worlds that begin at the same time share them.
import { authorityParts } from '../api/loaders.ts'
import { formatMicroTime, formatTime, parseTime } from '../engine/engine.ts'
import { Random } from '../engine/random.ts'
import type { Secrets } from '../engine/secrets.ts'
import type { KnownObject } from '../kinds/object.ts'
import { defaultObjects, furtherCount } from './default-objects.ts'
import { furtherParts } from './loaders.ts'

/** The moment of the recorded cluster that a world begins at: some eight minutes after it was set up. */
const recordedNow = parseTime('2026-11-23T09:30:00Z')

const shared = new Map<string, { readonly epoch: number; readonly objects: readonly KnownObject[] }>()

/** Of worlds that began at the same time. */
function share(name: string, epoch: number, make: () => readonly KnownObject[]): readonly KnownObject[] {
  const known = shared.get(name)
  if (known?.epoch === epoch) return known.objects
  const objects = make()
  shared.set(name, { epoch, objects })
  return objects
}

/** What a world begins with: where it has secrets, with the certificate of its own authority. */
export function seedObjects(epoch: number, secrets?: Secrets): readonly KnownObject[] {
  const objects = share('seed', epoch, () => makeObjects(defaultObjects, epoch, furtherCount))
  if (!secrets) return objects
  const { authorityCertificate } = authorityParts.get('ca')
  const [common, own] = [authorityCertificate({ secrets: undefined }), authorityCertificate({ secrets })]
  return objects.map(each => {
    if (each.kind !== 'ConfigMap') return each
    const data = Object.entries(each.data ?? {})
    const isNamed = data.some(([, value]) => value === common)
    return isNamed
      ? {
          ...each,
          data: Object.fromEntries(data.map(([key, value]) => [key, value === common ? own : value])),
        }
      : each
  })
}

/** Those of the resources above; throws MissingPart. */
export const furtherObjects = (epoch: number, plural: string): readonly KnownObject[] =>
  share('further', epoch, () => makeObjects(furtherParts.get(plural), epoch, 0))

/** `before`: how many objects the cluster had before these. */
function makeObjects(source: string, epoch: number, before: number): KnownObject[] {
  const shift = epoch - recordedNow
  const text = source
    .replace(/2026-\d\d-\d\dT[\d:]+(\.\d+)?Z/g, (time, fraction) =>
      (fraction ? formatMicroTime : formatTime)(parseTime(time) + shift),
    )
    .replace(/uid:(\d+)/g, (_, n) => new Random(Number(n) + 1).uuid())
    .replace(/containerd:\/\/#(\d+)/g, (_, n) => `containerd://${new Random(Number(n) + 1).hex(64)}`)
  const objects: KnownObject[] = JSON.parse(text)
  for (const [i, { metadata }] of objects.entries()) {
    metadata.uid ??= new Random(1000 + before + i).uuid()
    metadata.resourceVersion = String(before + i + 1)
  }
  return objects
}

const copy = <T extends KnownObject>(object: T): T => JSON.parse(JSON.stringify(object))

type OfKind<Kind extends KnownObject['kind']> = Extract<KnownObject, { kind: Kind }>

const isOf =
  <Kind extends KnownObject['kind']>(kind: Kind) =>
  (object: KnownObject): object is OfKind<Kind> =>
    object.kind === kind

const copies = <Kind extends KnownObject['kind']>(
  objects: readonly KnownObject[],
  kind: Kind,
  name: RegExp,
): OfKind<Kind>[] =>
  objects
    .filter(isOf(kind))
    .filter(each => name.test(each.metadata.name))
    .map(copy)

/** What a further worker node brings: itself, its lease and CSI node, and its kube-proxy, all made after k8s-node1's. */
export function nodeObjects(
  objects: readonly KnownObject[],
  index: number,
  random: Random,
  joins?: string,
): KnownObject[] {
  const name = workerName(index)
  const uid = random.uuid()
  const [node] = copies(objects, 'Node', /^k8s-node1$/)
  const own = [...copies(objects, 'Lease', /^k8s-node1$/), ...copies(objects, 'CSINode', /^k8s-node1$/)]
  node!.metadata.uid = uid
  node!.metadata.name = name
  node!.metadata.labels!['kubernetes.io/hostname'] = name
  const cidr = podCidr(index)
  node!.spec.podCIDR = cidr
  node!.spec.podCIDRs = [cidr]
  const address = nodeAddress(index)
  node!.status.addresses = [
    { address, type: 'InternalIP' },
    { address: name, type: 'Hostname' },
  ]
  for (const object of own) {
    object.metadata.name = name
    object.metadata.uid = random.uuid()
    object.metadata.ownerReferences = [{ apiVersion: 'v1', kind: 'Node', name, uid }]
    if (object.kind === 'Lease') object.spec.holderIdentity = name
  }
  if (joins) return [node!, ...own].map(object => fresh(object, joins))
  const pod = copies(objects, 'Pod', /^kube-proxy/).find(each => each.spec.nodeName === 'k8s-node1')
  if (!pod) return [node!, ...own]
  pod.metadata.name = `kube-proxy-${random.suffix()}`
  pod.metadata.uid = random.uuid()
  pod.spec.nodeName = name
  const terms =
    pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms
  for (const term of terms ?? []) for (const field of term.matchFields ?? []) field.values = [name]
  Object.assign(pod.status, {
    hostIP: address,
    hostIPs: [{ ip: address }],
    podIP: address,
    podIPs: [{ ip: address }],
  })
  for (const status of pod.status.containerStatuses ?? [])
    status.containerID = `containerd://${random.hex(64)}`
  return [node!, ...own, pod]
}

/** As the kubelet creates it when its node joins now; the server fills in the rest, kube-proxy comes by its daemon set. */
function fresh(object: KnownObject, now: string): KnownObject {
  const { uid: _uid, creationTimestamp: _created, ...metadata } = object.metadata
  if (object.kind === 'Node')
    for (const condition of object.status.conditions ?? []) {
      condition.lastHeartbeatTime = now
      condition.lastTransitionTime = now
    }
  return { ...object, metadata }
}

/** k8s-node1 is the first worker. */
export const workerName = (index: number): string => `k8s-node${index}`
const nodeAddress = (index: number): string => `10.0.${2 + ((index + 2) >> 8)}.${(index + 2) & 255}`
/** 20.2.1.0/24 for the first worker; where 256 are used up, the range above goes on. */
const podCidr = (index: number): string => `20.${2 + (index >> 8)}.${index & 255}.0/24`
