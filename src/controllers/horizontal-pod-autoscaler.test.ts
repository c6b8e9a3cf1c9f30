// The autoscaler by what its metrics and its behavior say.

import { expect, test } from 'vitest'
import { webOf } from '../../tests/web-deployment.ts'
import type { HorizontalPodAutoscalerCondition } from '../kinds/schema/types.ts'
import { World } from '../lesson/world.ts'
import { type Behavior, Pace } from './hpa-behavior.ts'

function setUp(metrics: string, more = '') {
  const world = new World({ seed: 1, metrics: true })
  world.write(
    'd.yaml',
    `${webOf(
      '{name: main, image: nginx, resources: {requests: {cpu: 100m}}}, ' +
        '{name: side, image: "busybox:1.36", command: [sleep, "9999"], resources: {requests: {cpu: 50m}}}',
    )}---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 1
  maxReplicas: 10
  metrics: ${metrics}
${more}`,
  )
  expect(world.run('kubectl apply -f d.yaml').stderr).toBe('')
  world.apply({ at: world.elapsed, type: 'load', load: { pod: 'web', cpu: 400 } })
  world.advance(65_000)
  const hpa = JSON.parse(world.run('kubectl get hpa web -o json').stdout)
  const active = hpa.status.conditions?.find(
    (c: HorizontalPodAutoscalerCondition) => c.type === 'ScalingActive',
  )
  return { world, status: hpa.status, active: active && [active.status, active.reason, active.message] }
}

test('a container’s own use counts, against its own request', () => {
  const metric = (container: string) =>
    `[{type: ContainerResource, containerResource: {name: cpu, container: ${container}, target: {type: Utilization, averageUtilization: 100}}}]`
  const main = setUp(metric('main'))
  expect(main.active).toEqual([
    'True',
    'ValidMetricFound',
    'the HPA was able to successfully calculate a replica count from cpu container resource utilization (percentage of request)',
  ])
  expect(main.status.desiredReplicas).toBe(4)
  expect(main.status.currentMetrics[0].containerResource).toMatchObject({ name: 'cpu', container: 'main' })
  // The load is on the first container.
  expect(setUp(metric('side')).status.currentReplicas).toBe(2)
  expect(setUp(metric('none')).active?.slice(0, 2)).toEqual(['False', 'FailedGetContainerResourceMetric'])
})

test('metrics that need an adapter fail as without one', () => {
  const none =
    'unable to fetch metrics from custom metrics API: no custom metrics API (custom.metrics.k8s.io) registered'
  const why = (metrics: string) => setUp(metrics).active
  const target = 'target: {type: AverageValue, averageValue: "10"}'
  expect(why(`[{type: Pods, pods: {metric: {name: hits}, ${target}}}]`)).toEqual([
    'False',
    'FailedGetPodsMetric',
    `the HPA was unable to compute the replica count: unable to get metric hits: ${none}`,
  ])
  expect(
    why(
      `[{type: Object, object: {metric: {name: hits}, describedObject: {apiVersion: networking.k8s.io/v1, kind: Ingress, name: main}, ${target}}}]`,
    ),
  ).toEqual([
    'False',
    'FailedGetObjectMetric',
    `the HPA was unable to compute the replica count: unable to get metric hits: Ingress on default main/${none}`,
  ])
  const external = setUp(
    `[{type: External, external: {metric: {name: queue, selector: {matchLabels: {a: b}}}, ${target}}}]`,
  )
  expect(external.active).toEqual([
    'False',
    'FailedGetExternalMetric',
    'the HPA was unable to compute the replica count: unable to get external metric default/queue/&LabelSelector{MatchLabels:map[string]string{a: b,},MatchExpressions:[]LabelSelectorRequirement{},}: unable to fetch metrics from external metrics API: the server could not find the requested resource (get queue.external.metrics.k8s.io)',
  ])
  expect(external.world.run('kubectl describe hpa web').stdout).toContain(
    'invalid metrics (1 invalid out of 1), first error is: failed to get queue external metric value:',
  )
})

type Rules = Behavior['scaleUp']
type Policy = NonNullable<Rules['policies']>[number]

test('policies, windows and the old rule limit how fast the target changes', () => {
  const rules = (policy: Policy, more: Partial<Rules> = {}): Rules => ({
    policies: [policy],
    ...more,
  })
  const slow = {
    scaleUp: rules({ type: 'Pods', value: 1, periodSeconds: 60 }, { stabilizationWindowSeconds: 0 }),
    scaleDown: rules({ type: 'Percent', value: 50, periodSeconds: 60 }, { stabilizationWindowSeconds: 0 }),
  }
  const size = (pace: Pace, wanted: number, current: number, now: number, behavior?: Behavior) => {
    const { replicas, conditions } = pace.normalize(
      wanted,
      current,
      { maxReplicas: 10, ...(behavior && { behavior }) },
      now,
    )
    pace.changed(current, replicas, now)
    return [replicas, conditions.at(-1)?.reason]
  }
  const old = new Pace()
  expect(size(old, 9, 3, 0)).toEqual([6, 'ScaleUpLimit'])
  expect(size(old, 20, 6, 15_000)).toEqual([10, 'TooManyReplicas'])
  expect(size(old, 2, 10, 30_000)).toEqual([10, 'DesiredWithinRange']) // five minutes
  const pace = new Pace()
  expect(size(pace, 9, 4, 0, slow)).toEqual([5, 'ScaleUpLimit'])
  expect(size(pace, 9, 5, 15_000, slow)).toEqual([5, 'ScaleUpLimit'])
  expect(size(pace, 9, 5, 61_000, slow)).toEqual([6, 'ScaleUpLimit'])
  const down = new Pace()
  expect(size(down, 1, 8, 0, slow)).toEqual([4, 'ScaleDownLimit'])
  expect(size(down, 1, 4, 15_000, slow)).toEqual([4, 'ScaleDownLimit'])
  const never = { ...slow, scaleDown: { ...slow.scaleDown, selectPolicy: 'Disabled' as const } }
  expect(size(new Pace(), 1, 8, 0, never)).toEqual([8, 'ScaleDownLimit'])
})
