// Services and what stands behind them.
import type { AnyObject } from '../../kinds/object.ts'
import type { Pod, ServicePort } from '../../kinds/schema/types.ts'
import { isOver } from './facts.ts'
import type { View } from './view.ts'

export const portsOf = ({ spec }: AnyObject): readonly ServicePort[] => spec.ports ?? []

/** The pods that a Service selects, also those that are leaving. */
export const selectedBy = (service: AnyObject, view: View): Pod[] =>
  Object.keys(service.spec.selector ?? {}).length
    ? view
        .labelled('pods', service.metadata.namespace ?? '', service.spec.selector)
        .filter(pod => !isOver(pod))
    : []

export const isReadyPod = ({ metadata, status }: AnyObject): boolean =>
  !metadata.deletionTimestamp &&
  !!status?.conditions?.some((each: AnyObject['status']) => each.type === 'Ready' && each.status === 'True')

/** A Service by its cluster address. */
export const serviceAt = (address: string | undefined, view: View): AnyObject | undefined =>
  address && address !== 'None'
    ? view
        .list('services')
        .find(
          ({ spec, status }) =>
            spec.clusterIP === address ||
            status?.loadBalancer?.ingress?.some((each: { ip?: string }) => each.ip === address),
        )
    : undefined

export const podAt = (address: string | undefined, view: View): Pod | undefined =>
  view.list('pods').find(({ status, spec }) => status?.podIP === address && !spec.hostNetwork)

interface PodPort {
  readonly name?: string
  readonly containerPort: number
}

export const podPorts = ({ spec }: AnyObject): PodPort[] =>
  (spec.containers ?? []).flatMap((each: AnyObject['spec']) => each.ports ?? [])

/** The number behind a target port, of one pod; undefined where the pod has no port of that name. */
export function targetOf(pod: AnyObject, { port, targetPort = port }: ServicePort): number | undefined {
  if (typeof targetPort === 'number') return targetPort
  return podPorts(pod).find(each => each.name === targetPort)?.containerPort
}
