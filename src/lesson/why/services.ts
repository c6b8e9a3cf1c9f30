// Services and what stands behind them.
import type { ContainerPort, Pod, Service, ServicePort } from '../../kinds/schema/types.ts'
import { isOver } from './facts.ts'
import type { View } from './view.ts'

export const portsOf = ({ spec }: Service): readonly ServicePort[] => spec.ports ?? []

/** The pods that a Service selects, also those that are leaving. */
export const selectedBy = ({ metadata, spec: { selector = {} } }: Service, view: View): Pod[] =>
  Object.keys(selector).length
    ? view.labelled('pods', metadata.namespace ?? '', selector).filter(pod => !isOver(pod))
    : []

export const isReadyPod = ({ metadata, status }: Pod): boolean =>
  !metadata.deletionTimestamp &&
  !!status.conditions?.some(each => each.type === 'Ready' && each.status === 'True')

/** A Service by its cluster address. */
export const serviceAt = (address: string | undefined, view: View): Service | undefined =>
  address && address !== 'None'
    ? view
        .list('services')
        .find(
          ({ spec, status }) =>
            spec.clusterIP === address || status.loadBalancer.ingress?.some(each => each.ip === address),
        )
    : undefined

export const podAt = (address: string | undefined, view: View): Pod | undefined =>
  view.list('pods').find(({ status, spec }) => status.podIP === address && !spec.hostNetwork)

export const podPorts = ({ spec }: Pod): ContainerPort[] => spec.containers.flatMap(each => each.ports ?? [])

/** The number behind a target port, of one pod; undefined where the pod has no port of that name. */
export function targetOf(pod: Pod, { port, targetPort = port }: ServicePort): number | undefined {
  if (typeof targetPort === 'number') return targetPort
  return podPorts(pod).find(each => each.name === targetPort)?.containerPort
}
