// Makes a Kind from what discovery says of it, with the behaviour that most kinds share: a name that is a DNS
// subdomain, a status that only /status writes. A kind's own file gives what differs.
import type { Kind } from '../kind.ts'
import type { AnyObject, KubeObject } from '../object.ts'
import { resources } from '../resources.ts'
import { nameIsDNSSubdomain } from './names.ts'

export type KindBehaviour<T extends KubeObject> = Partial<
  Omit<Kind<T>, 'group' | 'version' | 'kind' | 'plural'>
>

/** `resource` as in `pods.v1` or `deployments.apps/v1`. */
export function defineKind<T extends KubeObject = AnyObject>(
  resource: string,
  behaviour: KindBehaviour<T> = {},
): Kind<T> {
  const dot = resource.indexOf('.')
  const plural = resource.slice(0, dot)
  const [group, version] = resource.includes('/')
    ? resource.slice(dot + 1).split('/')
    : ['', resource.slice(dot + 1)]
  const info = resources.find(r => r.plural === plural && r.group === group && r.version === version)
  if (!info) throw new Error(`the cluster serves no ${resource}`)
  const { subresources, ...names } = info
  const hasStatus = subresources.some(subresource => subresource.name === 'status')
  return {
    ...names,
    nameRule: nameIsDNSSubdomain,
    ...(hasStatus && {
      prepareForCreate: (object: T) => resetStatus(object),
      prepareForUpdate: (object: T, old: T) => keepStatus(object, old),
      status: { prepareForUpdate: (object: T, old: T) => keepAllButStatus(object, old) },
    }),
    ...behaviour,
  }
}

type WithStatus = KubeObject & { status?: unknown; spec?: unknown }

/** A client's create does not set the status. */
export function resetStatus(object: KubeObject): void {
  ;(object as WithStatus).status = {}
}

/** A client's update leaves the status as it is. */
export function keepStatus(object: KubeObject, old: KubeObject): void {
  const { status } = old as WithStatus
  if (status === undefined) delete (object as WithStatus).status
  else (object as WithStatus).status = status
}

/** A write to /status changes nothing but the status (and what metadata a status strategy lets through). */
export function keepAllButStatus(object: KubeObject, old: KubeObject): void {
  const target = object as AnyObject
  const source = old as AnyObject
  for (const name of Object.keys(target))
    if (name !== 'status' && name !== 'metadata' && !(name in source)) delete target[name]
  for (const name of Object.keys(source))
    if (name !== 'status' && name !== 'metadata') target[name] = source[name]
}
