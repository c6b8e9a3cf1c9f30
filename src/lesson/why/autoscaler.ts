// S11: a HorizontalPodAutoscaler that does not scale.
import type { HorizontalPodAutoscaler } from '../../kinds/schema/types.ts'
import { conditionOf, describe, getYaml, hasTemplate, target, templateOf } from './facts.ts'
import { symptomOf } from './symptom.ts'

const messageOf = (hpa: HorizontalPodAutoscaler): string =>
  ['AbleToScale', 'ScalingActive']
    .map(type => conditionOf(hpa, type))
    .flatMap(each => (each && each.status !== 'True' ? [`${each.reason}: ${each.message}`] : []))
    .join('\n')

export const autoscaler = symptomOf('HorizontalPodAutoscaler', {
  name: 'autoscaler',
  has: hpa => !hpa.metadata.deletionTimestamp && messageOf(hpa) !== '',
  questions: [
    {
      number: 72,
      ask(hpa, view) {
        const { kind, name } = hpa.spec.scaleTargetRef
        if (!/FailedGetScale/.test(messageOf(hpa)) || view.findKind(kind, hpa.metadata.namespace, name))
          return undefined
        return {
          values: { kind, name },
          shown: describe(hpa),
          field: { object: hpa, path: 'spec.scaleTargetRef.name' },
          missing: `${kind.toLowerCase()}/${name}`,
        }
      },
    },
    {
      number: 73,
      ask(hpa) {
        if (!/could not find the requested resource \(get pods\.metrics\.k8s\.io\)/.test(messageOf(hpa)))
          return undefined
        return { shown: 'kubectl top pods', missing: 'apiservice/v1beta1.metrics.k8s.io' }
      },
    },
    {
      number: 74,
      ask(hpa, view) {
        const found = /missing request for (\S+) in container (\S+) of Pod/.exec(messageOf(hpa))
        if (!found) return undefined
        const [, resource = '', container = ''] = found
        const { kind, name } = hpa.spec.scaleTargetRef
        const scaled = view.findKind(kind, hpa.metadata.namespace, name)
        const index = scaled && templateOf(scaled)?.containers.findIndex(each => each.name === container)
        return {
          values: { container, resource },
          shown: scaled ? getYaml(scaled) : describe(hpa),
          ...(scaled && { about: [scaled] }),
          ...(scaled &&
            hasTemplate(scaled) &&
            resource === 'cpu' && {
              cure: `kubectl set resources ${target(scaled)} -c ${container} --requests=cpu=100m`,
            }),
          ...(scaled && {
            field: { object: scaled, path: `spec.template.spec.containers[${index}].resources` },
          }),
        }
      },
    },
  ],
})
