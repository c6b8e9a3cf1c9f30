// What is proposed where. `‸` is the caret; proposals stand as they are shown.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { servedKinds } from '../../kinds/index.ts'
import { apiVersionOf } from '../../kinds/kind.ts'
import { structType } from '../../kinds/schema.ts'
import { diagnose } from '../diagnose.ts'
import { complete } from './complete.ts'
import { describeAt } from './describe.ts'
import type { Candidate, Known, Named } from './known.ts'
import { objectsIn } from './objects.ts'

/** The API of these kinds, with the objects of other files. */
function known(files: Readonly<Record<string, string>> = {}): Known {
  const found: Named[] = Object.entries(files).flatMap(([origin, text]) =>
    objectsIn(text).map(object => ({ object, origin })),
  )
  return {
    pairs: servedKinds.map(({ resource }) => ({ apiVersion: apiVersionOf(resource), kind: resource.kind })),
    type: (apiVersion, kind) =>
      structType(
        servedKinds.find(({ resource }) => resource.kind === kind && apiVersionOf(resource) === apiVersion)
          ?.resource.schema ?? '',
      ),
    describe: (type, field) => `${field ?? type.name} is described. At length.`,
    objects: kind => found.filter(({ object }) => (object as { kind: string }).kind === kind),
    namespaced: kind => servedKinds.find(each => each.resource.kind === kind)?.kind.namespaced ?? false,
    images: () => ['nginx', 'leigg/hellok8s'],
  }
}

function proposals(marked: string, files: Readonly<Record<string, string>> = {}): readonly Candidate[] {
  const offset = marked.indexOf('‸')
  return complete(marked.replace('‸', ''), offset, known(files))?.candidates ?? []
}

const labels = (marked: string, files?: Readonly<Record<string, string>>) =>
  proposals(marked, files).map(each => each.label)

/** The text once the proposal of this label is taken. */
function taking(label: string, marked: string, files: Readonly<Record<string, string>> = {}): string {
  const offset = marked.indexOf('‸')
  const text = marked.replace('‸', '')
  const { from, to, candidates } = complete(text, offset, known(files))!
  const { insert } = candidates.find(each => each.label === label)!
  return text.slice(0, from) + insert + text.slice(to)
}

const deployment = (spec: string, template = '') => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
${spec}  template:
    metadata:
      labels:
        app: web
    spec:
${template}      containers:
        - name: web
          image: nginx
          ports:
            - name: http
              containerPort: 80
`

describe('keys', () => {
  test('of an object: what must be first, what is there left out, nothing that the server writes', () => {
    const found = proposals('apiVersion: apps/v1\nkind: Deployment\n‸')
    expect(found.map(each => each.label)).toEqual(['metadata', 'spec'])
    expect(labels('apiVersion: v1\nkind: Pod\nmetadata:\n  ‸')).toEqual([
      'name',
      'generateName',
      'namespace',
      'labels',
      'annotations',
      'ownerReferences',
      'finalizers',
    ])
  })
  test('with type, whether it must be, and the first sentence', () => {
    const [selector, template, replicas] = proposals(deployment('').replace('spec:\n', 'spec:\n  ‸\n'))
    expect(selector).toEqual({
      label: 'selector',
      insert: 'selector:\n    ',
      sort: 'key',
      type: 'LabelSelector',
      required: true,
      text: 'selector is described.',
    })
    // The template is there already.
    expect([template?.label, replicas?.label]).toEqual(['replicas', 'strategy'])
  })
  test('of containers, Services, Ingresses, NetworkPolicies, in lists and deeper', () => {
    expect(labels('kind: Pod\napiVersion: v1\nspec:\n  containers:\n    - name: a\n      ‸')).toContain(
      'image',
    )
    expect(labels('kind: Service\napiVersion: v1\nspec:\n  ports:\n    - ‸')).toContain('targetPort')
    const path =
      'kind: Ingress\napiVersion: networking.k8s.io/v1\nspec:\n  rules:\n  - http:\n      paths:\n      - ‸'
    expect(labels(path).slice(0, 2).sort()).toEqual(['backend', 'pathType'])
    const policy =
      'kind: NetworkPolicy\napiVersion: networking.k8s.io/v1\nspec:\n  ingress:\n    - from:\n      - ‸'
    expect(labels(policy)).toEqual(['podSelector', 'namespaceSelector', 'ipBlock'])
  })
  test('of several documents, of the items of a List, in flow style and JSON', () => {
    expect(labels('kind: Pod\napiVersion: v1\n---\nkind: Service\napiVersion: v1\nspec: {‸}')).toContain(
      'ports',
    )
    expect(labels('kind: List\napiVersion: v1\nitems:\n- kind: ConfigMap\n  apiVersion: v1\n  ‸')).toContain(
      'data',
    )
    expect(labels('{"kind": "Pod", "apiVersion": "v1", "spec": {"‸"}}')).toContain('containers')
  })
  test('where other lines are broken, or only the kind is there', () => {
    expect(labels('kind: Pod\nmetadata:\n name: x\n   labels\nspec:\n  containers:\n    - im‸')).toContain(
      'image',
    )
    expect(labels('‸')).toEqual(['apiVersion', 'kind'])
    expect(labels('kind: Nothing\napiVersion: v1\nspec:\n  ‸')).toEqual([])
  })
  test('with an anchor before and a merge beside it', () => {
    expect(labels('kind: Pod\napiVersion: v1\nspec: &s\n  ‸')).toContain('containers')
    expect(labels('kind: Pod\napiVersion: v1\nspec:\n  <<: *s\n  ‸')).toContain('containers')
  })
  test('what is written begins what belongs to it, at the right depth', () => {
    expect(taking('containers', 'kind: Pod\nspec:\n  con‸')).toBe('kind: Pod\nspec:\n  containers:\n    - ')
    expect(taking('metadata', 'kind: Pod\n‸')).toBe('kind: Pod\nmetadata:\n  ')
    expect(taking('containers', 'kind: Pod\nspec:\n  con‸\n    - name: a\n')).toContain(
      '  containers:\n    - name',
    )
    expect(taking('image', 'kind: Pod\nspec:\n  containers:\n    ‸')).toBe(
      'kind: Pod\nspec:\n  containers:\n    - image: ',
    )
    expect(taking('replicas', 'kind: Deployment\nspec:\n  repl‸: 3\n')).toBe(
      'kind: Deployment\nspec:\n  replicas: 3\n',
    )
    expect(taking('spec', 'kind: Pod\nmetadata: {name: a}\n‸\n')).toContain('\nspec:\n  \n')
  })
})

describe('values', () => {
  test('listed ones, truth values, apiVersion and kind of each other', () => {
    expect(labels('kind: Service\napiVersion: v1\nspec:\n  type: ‸')).toEqual([
      'ClusterIP',
      'ExternalName',
      'LoadBalancer',
      'NodePort',
    ])
    expect(labels('kind: Pod\napiVersion: v1\nspec:\n  hostNetwork: ‸')).toEqual(['true', 'false'])
    expect(labels('kind: PersistentVolumeClaim\napiVersion: v1\nspec:\n  accessModes: [‸]')).toContain(
      'ReadWriteOnce',
    )
    expect(labels('kind: PersistentVolumeClaim\napiVersion: v1\nspec:\n  accessModes:\n    - ‸')).toContain(
      'ReadWriteMany',
    )
    expect(labels('kind: Deployment\napiVersion: ‸')).toEqual(['apps/v1'])
    expect(labels('apiVersion: batch/v1\nkind: ‸')).toEqual(['CronJob', 'Job'])
    expect(labels('kind: ‸')).toContain('NetworkPolicy')
    expect(taking('ClusterIP', 'kind: Service\napiVersion: v1\nspec:\n  type:‸')).toMatch(/type: ClusterIP$/)
  })
  test('names of objects, of this text, of other files and of the cluster; of the same namespace', () => {
    const files = {
      'config.yaml': 'kind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  COLOUR: red\n',
      'other.yaml': 'kind: ConfigMap\nmetadata:\n  name: elsewhere\n  namespace: far\n',
      '': 'kind: ConfigMap\nmetadata:\n  name: kube-root-ca.crt\n',
    }
    const pod =
      'kind: ConfigMap\nmetadata: {name: here}\n---\nkind: Pod\nspec:\n  containers:\n    - name: a\n      env:\n        - valueFrom:\n            configMapKeyRef:\n'
    const found = proposals(`${pod}              name: ‸`, files)
    expect(found.map(each => [each.label, each.origin])).toEqual([
      ['here', undefined],
      ['settings', 'config.yaml'],
      ['kube-root-ca.crt', ''],
    ])
    expect(labels(`${pod}              name: settings\n              key: ‸`, files)).toEqual(['COLOUR'])
  })
  test('of Services and their ports, ServiceAccounts, claims, volumes of the same pod, kinds said beside', () => {
    const files = {
      'a.yaml':
        'kind: Service\nmetadata: {name: web}\nspec:\n  ports:\n  - {name: http, port: 80}\n---\nkind: ServiceAccount\nmetadata: {name: robot}\n---\nkind: PersistentVolumeClaim\nmetadata: {name: disk}\n',
    }
    const ingress =
      'kind: Ingress\napiVersion: networking.k8s.io/v1\nspec:\n  defaultBackend:\n    service:\n      name: '
    expect(labels(`${ingress}‸`, files)).toEqual(['web'])
    expect(labels(`${ingress}web\n      port:\n        number: ‸`, files)).toEqual(['80'])
    expect(labels(`${ingress}web\n      port: {name: ‸}`, files)).toEqual(['http'])
    expect(labels('kind: Pod\nspec:\n  serviceAccountName: ‸', files)).toEqual(['robot'])
    expect(
      labels('kind: Pod\nspec:\n  volumes:\n  - persistentVolumeClaim:\n      claimName: ‸', files),
    ).toEqual(['disk'])
    const mounted =
      'kind: Pod\nspec:\n  volumes:\n  - name: data\n  containers:\n  - volumeMounts:\n    - name: ‸'
    expect(labels(mounted)).toEqual(['data'])
    const scaled =
      'kind: HorizontalPodAutoscaler\napiVersion: autoscaling/v2\nspec:\n  scaleTargetRef:\n    kind: Deployment\n    name: ‸'
    expect(labels(scaled, { 'd.yaml': deployment('') })).toEqual(['web'])
  })
  test('labels for a selector, container ports for a Service, the labels that a template needs', () => {
    const files = { 'd.yaml': deployment('') }
    const service = 'kind: Service\napiVersion: v1\nmetadata: {name: s}\nspec:\n  selector:\n    '
    expect(labels(`${service}‸`, files)).toEqual(['app: web'])
    expect(labels(`${service}app: ‸`, files)).toEqual(['web'])
    expect(taking('app: web', `${service}‸`, files)).toBe(`${service}app: web`)
    expect(labels(`${service}app: web\n  ports:\n  - port: 80\n    targetPort: ‸`, files)).toEqual([
      'http',
      '80',
    ])
    expect(labels(`${service}app: other\n  ports:\n  - port: 80\n    targetPort: ‸`, files)).toEqual([])
    expect(labels(deployment('  selector:\n    matchLabels:\n      ‸\n'))).toEqual(['app: web'])
    const need = deployment('  selector:\n    matchLabels:\n      tier: "1"\n')
    expect(taking('tier: 1', need.replace('        app: web', '        ‸'))).toContain('        tier: "1"\n')
    expect(
      labels(
        'kind: NetworkPolicy\napiVersion: networking.k8s.io/v1\nspec:\n  podSelector:\n    matchLabels:\n      ‸',
        files,
      ),
    ).toEqual(['app: web'])
  })
  test('images of the registry, ports of the same container for a probe, resources', () => {
    expect(labels('kind: Pod\nspec:\n  containers:\n  - image: ‸')).toEqual(['nginx', 'leigg/hellok8s'])
    const probed = deployment('').replace(
      'ports:',
      'readinessProbe:\n            httpGet:\n              port: ‸\n          ports:',
    )
    expect(labels(probed)).toEqual(['http', '80'])
    expect(labels('kind: Pod\nspec:\n  containers:\n  - resources:\n      limits:\n        ‸')).toEqual([
      'cpu',
      'memory',
      'ephemeral-storage',
    ])
  })
})

test('what the API says of the field at the caret, of its key and of its value', () => {
  const about = (marked: string) => describeAt(marked.replace('‸', ''), marked.indexOf('‸'), known())
  const pod = 'kind: Pod\napiVersion: v1\nspec:\n  containers:\n  - na‸me: a\n'
  expect(about(pod)).toMatchObject({
    field: 'pod.spec.containers.name',
    type: 'string',
    required: true,
    text: 'name is described. At length.',
  })
  expect(about('kind: Pod\nspec:\n  restartPolicy: Al‸ways')?.values).toContain('Never')
  expect(about('kind: Po‸d')).toMatchObject({ field: 'pod.kind', text: 'Pod is described. At length.' })
  expect(about('kind: Pod\nspec:\n  nothing‸: 1')).toBeUndefined()
  expect(about('kind: Pod\n‸')).toBeUndefined()
})

/** All manifests of the course. */
const manifests = readdirSync('examples', { recursive: true, encoding: 'utf8' })
  .filter(name => /\.ya?ml$/.test(name))
  .map(name => readFileSync(join('examples', name), 'utf8'))

const isNewFault = /^(unknown-field|yaml-|want-|duplicate-key|json-|missing-space|not-an-object)/

test('every key that is proposed on an empty line of the course’s manifests is one that validation takes', () => {
  const here = known()
  /** How often one of a name and type was tried: elsewhere it is another field. */
  const tried = new Map<string, number>()
  for (const text of manifests) {
    if (diagnose(text).some(each => isNewFault.test(each.code))) continue
    for (const { index } of text.matchAll(/\n/g)) {
      const line = text.slice(text.lastIndexOf('\n', index - 1) + 1, index)
      const depth = /^ *(?:- )*/.exec(line)![0].length
      for (const indent of new Set([depth, depth + 2, Math.max(0, depth - 2)])) {
        const written = `${text.slice(0, index)}\n${' '.repeat(indent)}\n${text.slice(index + 1)}`
        const found = complete(written, index + 1 + indent, here)
        for (const { insert, label, type } of found?.candidates ?? []) {
          const times = tried.get(`${label} ${type}`) ?? 0
          if (times === 4) continue
          tried.set(`${label} ${type}`, times + 1)
          // A list whose item is still to come is no fault of the key.
          const whole = insert.replace(/\n +(- )?$/, '')
          const result = written.slice(0, found!.from) + whole + written.slice(found!.to)
          const faults = diagnose(result).filter(each => isNewFault.test(each.code))
          expect(faults, `${label} in\n${result}`).toEqual([])
        }
      }
    }
  }
  expect(tried.size).toBeGreaterThan(250)
})

test('a caret anywhere, in any manifest, whole or cut off: no exception, and what is replaced is around the caret', () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(), fc.nat(), fc.boolean(), (which, where, cut, whole) => {
      const all = manifests[which % manifests.length]!
      const gap = cut % (all.length + 1)
      const text = whole ? all : all.slice(0, gap) + all.slice(gap + (where % 40))
      const offset = where % (text.length + 1)
      const found = complete(text, offset, known({ 'other.yaml': all }))
      describeAt(text, offset, known())
      if (found) {
        expect(found.from).toBeLessThanOrEqual(offset)
        expect(found.to).toBeGreaterThanOrEqual(offset)
      }
    }),
    { numRuns: 3000, seed: 7 },
  )
})

test('any text at all', () => {
  const piece = fc.constantFrom(
    'a: ',
    '- ',
    '\n',
    '  ',
    '{',
    '}',
    '[',
    ']',
    '"',
    "'",
    '|',
    '>',
    '#',
    '&x ',
    '*x',
    ':',
    ',',
    'kind: Pod',
    '---\n',
    '\t',
    '\r\n',
    '?',
    '!!str ',
    '键：',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), fc.nat(), (pieces, where) => {
      const text = pieces.join('')
      complete(text, where % (text.length + 1), known())
    }),
    { numRuns: 3000, seed: 7 },
  )
})
