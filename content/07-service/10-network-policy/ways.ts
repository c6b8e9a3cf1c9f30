// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const from = (value: object) =>
  `kk patch networkpolicy db-for-shop --type=json -p '${JSON.stringify([
    { op: 'add', path: '/spec/ingress/0/from/-', value },
  ])}'`
const data = { matchLabels: { 'kubernetes.io/metadata.name': 'data' } }
const report = { matchLabels: { app: 'report' } }
const egress = (value: object) =>
  `kk patch networkpolicy shop-out --type=json -p '${JSON.stringify([
    { op: 'add', path: '/spec/egress/-', value },
  ])}'`

export default {
  'only-shop': {
    right: {
      'the allowing policy alone: who is selected is closed to the rest': [
        'kk apply -f policy-allow-shop.yaml',
        5,
      ],
      'closed, then opened': ['kk apply -f policy-deny.yaml', 2, 'kk apply -f policy-allow-shop.yaml', 5],
      'for all pods of the namespace': [
        "sed 's/^  podSelector:/  podSelector: {}/; /^  podSelector/,/app: db/{/matchLabels/d; /app: db/d}' policy-allow-shop.yaml | kk apply -f -",
        5,
      ],
    },
    wrong: {
      'closed to everybody': ['kk apply -f policy-deny.yaml', 5],
      'the client that should not is deleted': ['kk delete pod test', 40],
      'a range of ports': [
        "sed 's/port: 3000/port: 3000\\n          endPort: 65535/' policy-allow-shop.yaml | kk apply -f -",
        5,
      ],
      'all ports for shop': ["sed '/ports:/,$d' policy-allow-shop.yaml | kk apply -f -", 5],
      'the test pod takes the other label': ['kk label pod test app=shop --overwrite', 5],
    },
  },
  'report-too': {
    right: {
      'one entry with both selectors': [from({ namespaceSelector: data, podSelector: report }), 5],
      'a second policy': [
        "sed 's/name: db-for-shop/name: db-for-report/; s/app: shop/app: report/; s/- podSelector:/- namespaceSelector: {matchLabels: {kubernetes.io\\/metadata.name: data}}\\n          podSelector:/' policy-allow-shop.yaml | kk apply -f -",
        5,
      ],
      'a label of its own on the namespace': [
        'kk label namespace data team=data',
        from({ namespaceSelector: { matchLabels: { team: 'data' } }, podSelector: report }),
        5,
      ],
    },
    wrong: {
      'two entries: either is enough': [from({ namespaceSelector: data }), from({ podSelector: report }), 5],
      'the pod selector alone: of the own namespace only': [from({ podSelector: report }), 5],
      'the whole namespace': [from({ namespaceSelector: data }), 5],
      'the policy removed': ['kk delete networkpolicy db-for-shop', 5],
    },
  },
  'no-names': {
    right: {
      'the policy for DNS': ['kk apply -f policy-dns.yaml', 5],
      'one rule more in the same policy': [
        egress({
          to: [
            {
              namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
              podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
            },
          ],
          ports: [{ port: 53, protocol: 'UDP' }],
        }),
        5,
      ],
      'to all of kube-system, port 53': [
        egress({
          to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } } }],
          ports: [
            { port: 53, protocol: 'UDP' },
            { port: 53, protocol: 'TCP' },
          ],
        }),
        5,
      ],
    },
    wrong: {
      'the policy deleted': ['kk delete networkpolicy shop-out', 5],
      'everything let out': [egress({}), 5],
      'port 53 of everybody': [egress({ ports: [{ port: 53, protocol: 'UDP' }] }), 5],
      'TCP, where names go by UDP': [egress({ to: [{ namespaceSelector: {} }], ports: [{ port: 53 }] }), 5],
      'the address of the Service, which is no pod': [
        egress({ to: [{ ipBlock: { cidr: '20.1.0.10/32' } }], ports: [{ port: 53, protocol: 'UDP' }] }),
        5,
      ],
    },
  },
}
