// What is remembered of a pod that was right must not let through one that is not.
import { expect, test } from 'vitest'
import type { PodSpec } from '../schema/types.ts'
import { validatePod } from './validation.ts'

const spec = (token: string, mounted = token): PodSpec =>
  ({
    containers: [
      {
        name: 'web',
        image: 'nginx',
        imagePullPolicy: 'Always',
        resources: {},
        terminationMessagePath: '/dev/termination-log',
        terminationMessagePolicy: 'File',
        volumeMounts: [{ name: mounted, mountPath: '/token', readOnly: true }],
      },
    ],
    dnsPolicy: 'ClusterFirst',
    restartPolicy: 'Always',
    schedulerName: 'default-scheduler',
    securityContext: {},
    serviceAccountName: 'default',
    terminationGracePeriodSeconds: 30,
    volumes: [{ name: token, emptyDir: {} }],
  }) as unknown as PodSpec

const faults = (given: PodSpec) => validatePod({ name: 'web' } as never, given).map(fault => fault.field)

test('a spec that differs in the name of its token alone is right, any other is looked at', () => {
  expect(faults(spec('kube-api-access-aaaaa'))).toEqual([])
  expect(faults(spec('kube-api-access-bbbbb'))).toEqual([])
  expect(faults(spec('kube-api-access-bbbbb', 'kube-api-access-ccccc'))).toEqual([
    'spec.containers[0].volumeMounts[0].name',
  ])
  expect(faults(spec('kube-api-access-BBBBB'))).toContain('spec.volumes[0].name')
  // Twice: a spec that is wrong is not remembered.
  for (let i = 0; i < 2; i++)
    expect(faults({ ...spec('kube-api-access-bbbbb'), restartPolicy: 'Sometimes' })).toEqual([
      'spec.restartPolicy',
    ])
  expect(faults(spec('kube-api-access-aaaaa'))).toEqual([])
})
