import { expect, it } from 'vitest'
import { MemoryFiles } from '../../engine/memory-files.ts'
import { Random } from '../../engine/random.ts'
import { stringifyYaml } from '../../yaml/stringify.ts'
import type { Context } from '../context.ts'
import { CommandError } from '../errors.ts'
import { buildKustomization } from './build.ts'
import type { BuildOptions } from './loader.ts'

/** The build of `app`, and what was said on the way. */
function build(
  texts: Readonly<Record<string, string>>,
  options: BuildOptions = {},
): { text: string; warnings: string } {
  const files = new MemoryFiles({ now: () => 0, uid: 1000 })
  for (const [name, text] of Object.entries(texts)) {
    files.mkdir(`/k8s/${name.slice(0, name.lastIndexOf('/'))}`, { parents: true })
    files.write(`/k8s/${name}`, text)
  }
  let warnings = ''
  const ctx = {
    process: { files, env: new Map([['HOME', '/root']]), engine: { random: new Random(1) } },
    file: (path: string) => `/k8s/${path}`,
    err: (text: string) => {
      warnings += text
    },
  } as unknown as Context
  const text = buildKustomization(ctx, 'app', options).map(stringifyYaml).join('---\n')
  return { text, warnings }
}

const pod = `apiVersion: v1
kind: Pod
metadata: {name: p}
spec:
  containers:
  - {name: a, image: "nginx:1.27", args: [y], envFrom: [{configMapRef: {name: conf}}]}
`

it('merges into what a base generates, names it by its content and follows with every reference', () => {
  expect(
    build({
      'base/pod.yaml': pod,
      'base/kustomization.yaml':
        'namePrefix: base-\nresources: [pod.yaml]\nconfigMapGenerator: [{name: conf, literals: [A=1, C=3]}]',
      'app/kustomization.yaml': `resources: [../base]
namespace: prod
namePrefix: over-
configMapGenerator: [{name: conf, behavior: merge, literals: [B=2, A=9]}]
images: [{name: nginx, newTag: "1.28"}]
patches:
- target: {kind: Pod, name: p}
  patch: |-
    apiVersion: v1
    kind: Pod
    metadata: {name: any}
    spec: {containers: [{name: side, image: busybox}, {name: a, args: null}]}`,
    }).text,
  ).toBe(`apiVersion: v1
data:
  A: "9"
  B: "2"
  C: "3"
kind: ConfigMap
metadata:
  name: over-base-conf-b2c7tg9252
  namespace: prod
---
apiVersion: v1
kind: Pod
metadata:
  name: over-base-p
  namespace: prod
spec:
  containers:
  - image: busybox
    name: side
  - envFrom:
    - configMapRef:
        name: over-base-conf-b2c7tg9252
    image: nginx:1.28
    name: a
`)
})

it.each([
  ['', 'kustomization.yaml is empty'],
  ['resource: [x]', 'invalid Kustomization: json: unknown field "resource"'],
  [
    'images: [{name: nginx, newTag: 1.28}]',
    'invalid Kustomization: json: cannot unmarshal number into Go struct field Image.images.newTag of type string',
  ],
  ['configMapGenerator: [null]', 'a configmap must have a name'],
  [
    'configMapGenerator: [{name: a, literals: [null]}]',
    'loading KV pairs: literal sources []: invalid literal source , expected key=value',
  ],
  [
    'replacements: [{source: null, targets: null}]',
    'replacements must specify a source and at least one target',
  ],
  [
    'resources: [pod.yaml, pod.yaml]',
    "accumulating resources: accumulation err='merging resources from 'pod.yaml': may not add resource with an already registered id: Pod.v1.[noGrp]/p.[noNs]': must build at directory: '/k8s/app/pod.yaml': file is not directory",
  ],
  [
    'resources: [../app]',
    "accumulating resources: accumulation err='accumulating resources from '../app': '/k8s/app' must resolve to a file': cycle detected: candidate root '/k8s/app' contains visited root '/k8s/app'",
  ],
  [
    'resources: [pod.yaml]\npatches: [{patch: "{apiVersion: v1, kind: Pod, metadata: {name: other}}"}]',
    'no resource matches strategic merge patch "Pod.v1.[noGrp]/other.[noNs]": no matches for Id Pod.v1.[noGrp]/other.[noNs]; failed to find unique target for patch Pod.v1.[noGrp]/other.[noNs]',
  ],
  [
    'resources: [pod.yaml]\npatches:\n- target: {kind: Pod}\n  patch: |-\n    - {op: remove, path: /spec/nope}',
    "error in remove for path: '/spec/nope': Unable to remove nonexistent key: nope: missing value",
  ],
  [
    'resources: [pod.yaml]\nreplicas: [{name: p, count: 2}]',
    'resource with name p does not match a config with the following GVK [Deployment.[noVer].[noGrp] StatefulSet.[noVer].[noGrp] ReplicaSet.[noVer].[noGrp] ReplicationController.[noVer].[noGrp]]',
  ],
])('refuses %j', (text, message) => {
  expect(() => build({ 'app/kustomization.yaml': text, 'app/pod.yaml': pod })).toThrow(
    new CommandError(message),
  )
})

it('says what is deprecated and does it all the same', () => {
  const { text, warnings } = build({
    'app/kustomization.yaml': 'resources: [pod.yaml]\ncommonLabels: {team: a}',
    'app/pod.yaml': pod,
  })
  expect(warnings).toBe(
    "# Warning: 'commonLabels' is deprecated. Please use 'labels' instead. Run 'kustomize edit fix' to update your Kustomization automatically.\n",
  )
  expect(text).toContain('  labels:\n    team: a\n')
  expect(text, 'YAML 1.2 in resources').toContain('  - args:\n    - "y"\n')
})

it('reads files from outside only where that is asked for', () => {
  const texts = {
    'base/x.txt': 'a: 1\n',
    'app/kustomization.yaml': 'configMapGenerator: [{name: c, files: [../base/x.txt]}]',
  }
  expect(() => build(texts)).toThrow("security; file '/k8s/base/x.txt' is not in or below '/k8s/app'")
  expect(build(texts, { isUnrestricted: true }).text).toContain('x.txt: |')
})

it('leaves charts to helm, which is not there, and plugins to programs, which are neither', () => {
  const charts = {
    'app/kustomization.yaml': 'helmCharts: [{name: m, version: 1.2.3}]\nhelmGlobals: {chartHome: c}',
  }
  expect(() => build(charts)).toThrow(
    'trouble configuring builtin HelmChartInflationGenerator with config: `\nchartHome: c\nname: m\nversion: 1.2.3\n`: must specify --enable-helm',
  )
  expect(() => build(charts, { helm: 'helm3' })).toThrow(
    /^unable to run: 'helm3 version -c --short' with env=\[HELM_CONFIG_HOME=\S+ .*\] \(is 'helm3' installed\?\): exec: "helm3": executable file not found in \$PATH$/,
  )
  const plugins = (field: string) => ({
    'app/t.yaml': 'apiVersion: foo/v1\nkind: Bar\nmetadata: {name: x}\n',
    'app/kustomization.yaml': `${field}: [t.yaml]`,
  })
  const disabled = "external plugins disabled; unable to load external plugin 'Bar'"
  expect(() => build(plugins('transformers'))).toThrow(disabled)
  expect(() => build(plugins('generators'))).toThrow(
    `loading generator plugins: failed to load generator: ${disabled}`,
  )
  expect(() => build(plugins('validators'), { hasPlugins: true })).toThrow(
    'unable to find plugin root - tried: ',
  )
})
