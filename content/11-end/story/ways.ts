// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
import type { Move } from '../../../src/lesson/exercise.ts'

const probe = '/spec/template/spec/containers/0/readinessProbe'
const json = (object: string, ...operations: object[]) =>
  `kk patch ${object} --type=json -p '${JSON.stringify(operations)}'`
const manifest = (text: string) => `printf '${text}\\n' | kk apply -f -`

/** One cure for each fault. */
const cures = {
  home: [json('networkpolicy home', { op: 'replace', path: '/spec/ingress/0/ports/0/port', value: 3000 })],
  catalog: [
    'echo secret | docker login -u learner --password-stdin; docker push -q learner/catalog:fair',
    'kk delete pods -l app=catalog --now',
  ],
  search: [json('deployment search', { op: 'replace', path: `${probe}/httpGet/port`, value: 3000 })],
  stock: ['kk uncordon k8s-node2'],
  orders: ['kk set resources deployment orders --requests=cpu=100m'],
  till: [
    manifest(
      'apiVersion: v1\\nkind: ConfigMap\\nmetadata: {name: shop-config}\\ndata: {PAY_URL: "https://pay.example.com"}',
    ),
  ],
} satisfies Record<string, readonly Move[]>

/** All six, some in another way; time for the last pods to come. */
const all = (others: Partial<Record<keyof typeof cures, readonly Move[]>> = {}): Move[] => [
  ...Object.values({ ...cures, ...others }).flat(),
  60,
]

export default {
  fair: {
    right: {
      'each by its own command': all(),
      'the file is mended and applied, and the pull comes again by itself': [
        "sed -i 's/PAY_URI/PAY_URL/; s/port: 8080/port: 3000/; s/^        - port: 80$/        - port: 3000/' fair-broken.yaml",
        ...cures.orders,
        ...cures.stock,
        'kk apply -f fair-broken.yaml',
        cures.catalog[0]!,
        300,
      ],
      'sizes by a LimitRange, the key in the Deployment, a probe of another path': all({
        orders: [
          manifest(
            'apiVersion: v1\\nkind: LimitRange\\nmetadata: {name: sizes}\\nspec: {limits: [{type: Container, defaultRequest: {cpu: 50m}}]}',
          ),
          'kk rollout restart deployment orders',
        ],
        till: [
          json('deployment till', {
            op: 'replace',
            path: '/spec/template/spec/containers/0/env/0/valueFrom/configMapKeyRef/key',
            value: 'PAY_URI',
          }),
        ],
        search: [
          json('deployment search', {
            op: 'replace',
            path: `${probe}/httpGet`,
            value: { path: '/healthz', port: 3000 },
          }),
        ],
      }),
      'all keys of the ConfigMap, a probe that only connects': all({
        till: [
          json('configmap shop-config', {
            op: 'replace',
            path: '/data',
            value: { PAY_URL: 'https://pay.example.com' },
          }),
          json(
            'deployment till',
            { op: 'remove', path: '/spec/template/spec/containers/0/env' },
            {
              op: 'add',
              path: '/spec/template/spec/containers/0/envFrom',
              value: [{ configMapRef: { name: 'shop-config' } }],
            },
          ),
        ],
        search: [
          json('deployment search', { op: 'replace', path: probe, value: { tcpSocket: { port: 3000 } } }),
        ],
      }),
      'a probe that asks a named port': all({
        search: [
          json(
            'deployment search',
            {
              op: 'add',
              path: '/spec/template/spec/containers/0/ports',
              value: [{ name: 'web', containerPort: 3000 }],
            },
            { op: 'replace', path: `${probe}/httpGet/port`, value: 'web' },
          ),
        ],
      }),
      'front may come to any port': all({
        home: [json('networkpolicy home', { op: 'remove', path: '/spec/ingress/0/ports' })],
      }),
      'the port of the pods beside that of the Service': all({
        home: [
          json('networkpolicy home', { op: 'add', path: '/spec/ingress/0/ports/-', value: { port: 3000 } }),
        ],
      }),
    },
    wrong: {
      'five of six': all({ home: [] }),
      'the policy is deleted': all({ home: ['kk delete networkpolicy home'] }),
      'everybody is let in': all({
        home: [json('networkpolicy home', { op: 'replace', path: '/spec/ingress', value: [{}] })],
      }),
      'an image that is there': all({
        catalog: ['kk set image deployment/catalog web=leigg/hellok8s:v2'],
      }),
      'the probe is taken away': all({ search: [json('deployment search', { op: 'remove', path: probe })] }),
      'the Service goes where the probe asks': all({
        search: [json('service search', { op: 'replace', path: '/spec/ports/0/targetPort', value: 8080 })],
      }),
      'another node is called one with an SSD': all({ stock: ['kk label node k8s-node1 disk=ssd'] }),
      'it goes anywhere': all({
        stock: [json('deployment stock', { op: 'remove', path: '/spec/template/spec/nodeSelector' })],
      }),
      'it tolerates what keeps others away, and the node stays closed': all({
        stock: [
          json('deployment stock', {
            op: 'add',
            path: '/spec/template/spec/tolerations',
            value: [{ operator: 'Exists' }],
          }),
        ],
      }),
      'the share is deleted': all({
        orders: ['kk delete quota share', 'kk rollout restart deployment orders'],
      }),
      'the share no longer covers CPU': all({
        orders: [
          json('quota share', { op: 'remove', path: '/spec/hard/requests.cpu' }),
          'kk rollout restart deployment orders',
        ],
      }),
      'the address in the Deployment itself': all({
        till: ['kk set env deployment/till PAY_URL=https://pay.example.com'],
      }),
      'the key may be missing': all({
        till: [
          json('deployment till', {
            op: 'add',
            path: '/spec/template/spec/containers/0/env/0/valueFrom/configMapKeyRef/optional',
            value: true,
          }),
        ],
      }),
    },
  },
}
