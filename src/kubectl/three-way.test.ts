import { expect, it } from 'vitest'
import { threeWayPatch, twoWayPatch } from './three-way.ts'

const deployment = 'io.k8s.api.apps.v1.Deployment'
const withContainers = (...containers: object[]) => ({ spec: { template: { spec: { containers } } } })

it('keeps what others added, changes what the file changed, deletes what left the file', () => {
  const original = withContainers({ name: 'web', image: 'nginx:1.27', env: [{ name: 'OLD', value: '1' }] })
  const live = withContainers(
    {
      name: 'web',
      image: 'nginx:1.27',
      env: [
        { name: 'OLD', value: '1' },
        { name: 'LIVE', value: 'yes' },
      ],
    },
    { name: 'sidecar', image: 'injected' },
  )
  const file = withContainers({ name: 'web', image: 'nginx:1.28', env: [{ name: 'NEW', value: '2' }] })
  expect(threeWayPatch(deployment, original, file, live)).toEqual({
    spec: {
      template: {
        spec: {
          '$setElementOrder/containers': [{ name: 'web' }],
          containers: [
            {
              name: 'web',
              image: 'nginx:1.28',
              '$setElementOrder/env': [{ name: 'NEW' }],
              env: [
                { name: 'NEW', value: '2' },
                { $patch: 'delete', name: 'OLD' },
              ],
            },
          ],
        },
      },
    },
  })
})

it('is empty where nothing changed', () => {
  const file = withContainers({ name: 'web', image: 'nginx:1.27' })
  const live = withContainers({ name: 'web', image: 'nginx:1.27', imagePullPolicy: 'IfNotPresent' })
  expect(threeWayPatch(deployment, file, file, live)).toEqual({})
})

it('is a merge patch for kinds without a schema', () => {
  expect(
    threeWayPatch('', { spec: { a: 1, b: 2 } }, { spec: { a: 5 } }, { spec: { a: 1, b: 2, c: 3 } }),
  ).toEqual({
    spec: { a: 5, b: null },
  })
})

it('items that share a key meet in their order: an unchanged list gives no patch', () => {
  const ports = [
    { name: 'dns', containerPort: 53, protocol: 'UDP' },
    { name: 'dns-tcp', containerPort: 53, protocol: 'TCP' },
  ]
  const pod = (image: string, list = ports) => ({ spec: { containers: [{ name: 'c', image, ports: list }] } })
  const schema = 'io.k8s.api.core.v1.Pod'
  expect(twoWayPatch(schema, pod('a'), pod('a'))).toEqual({})
  expect(twoWayPatch(schema, pod('a'), pod('b')).spec).toEqual({
    containers: [{ name: 'c', image: 'b' }],
    '$setElementOrder/containers': [{ name: 'c' }],
  })
  expect(twoWayPatch(schema, pod('a'), pod('a', [ports[0]!])).spec).toMatchObject({
    containers: [{ ports: [{ $patch: 'delete', containerPort: 53 }] }],
  })
})
