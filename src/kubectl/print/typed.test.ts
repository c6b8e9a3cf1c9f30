// What kubectl holds as Go structs is printed in their order; what it holds as maps with sorted keys. Held against a real kubectl.
import { expect, test } from 'vitest'
import { World } from '../../lesson/world.ts'

const world = new World({ seed: 1 })
const run = (command: string) => {
  const { stdout, stderr } = world.run(command)
  return stdout + stderr
}
const keys = (json: string) => [...json.matchAll(/"([\w-]+)":/g)].map(([, key]) => key).join(' ')

test('a generated object has the fields of its struct in their order, and no defaults', () => {
  expect(keys(run('kubectl create deployment web --image=nginx --port=80 --dry-run=client -o json'))).toBe(
    'kind apiVersion metadata name labels app spec replicas selector matchLabels app template metadata labels app spec containers name image ports containerPort resources strategy status',
  )
  expect(run('kubectl create service clusterip x --tcp=80 --dry-run=client -o yaml')).toMatch(
    /\nstatus:\n {2}loadBalancer: \{\}\n$/,
  )
  expect(keys(run('kubectl auth whoami -o json'))).toBe(
    'kind apiVersion metadata status userInfo username groups',
  )
  expect(keys(run('kubectl create token default -o json'))).toBe(
    'kind apiVersion metadata name namespace creationTimestamp spec audiences expirationSeconds boundObjectRef status token expirationTimestamp',
  )
})

test('templates see a map, with the zero structs', () => {
  const create = 'kubectl create deployment web --image=nginx --dry-run=server'
  expect(run(`${create} -o jsonpath='{.spec.strategy}'`)).toBe(
    '{"rollingUpdate":{"maxSurge":"25%","maxUnavailable":"25%"},"type":"RollingUpdate"}',
  )
  expect(run(`${create} -o go-template='{{range $k, $v := .}}{{$k}} {{end}}'`)).toBe(
    'apiVersion kind metadata spec status ',
  )
})

test('what kubectl reads as a map is written with sorted keys', () => {
  world.write('c.json', '{"kind": "ConfigMap", "apiVersion": "v1", "metadata": {"name": "c"}}')
  expect(keys(run('kubectl label -f c.json x=y --local -o json'))).toBe(
    'apiVersion kind metadata labels x name',
  )
})
