// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const patch = (service: string, spec: object) =>
  `kk patch service ${service} -p '${JSON.stringify({ spec })}'`
const slice = (name: string, operation: object) =>
  `kk patch endpointslice ${name} --type=json -p '${JSON.stringify([operation])}'`
const catalog = (script: string) => `sed 's/warehouse/catalog/; ${script}' service-slice.yaml | kk apply -f -`
const label = 'kk label endpointslice archive-1 kubernetes.io/service-name=archive --overwrite'
const portName = slice('archive-1', { op: 'replace', path: '/ports/0/name', value: 'http' })
const inside = { type: 'ClusterIP', externalName: null, selector: { app: 'hellok8s' } }

export default {
  'by-number': {
    right: {
      'the manifest of the lesson, changed': [catalog('s/port: 8080/port: 80/'), 3],
      'hand-made Endpoints, the old way': [
        "sed 's/external-db/catalog/; /clusterIP/d' service-headless-endpoints.yaml | kk apply -f -",
        5,
      ],
      'a port without a name on both sides': [
        catalog('s/port: 8080/port: 80/; s/name: http/name: \\"\\"/'),
        3,
      ],
    },
    wrong: {
      'the port of the lesson': [catalog('s/x/x/'), 3],
      'port names that differ': [catalog('s/port: 8080/port: 80/; s/^  - name: http/  - name: web/'), 3],
      'an alias': ['kk create service externalname catalog --external-name=www.example.com --tcp=80', 3],
      'the Service alone': [catalog('s/port: 8080/port: 80/; /^---/,$d'), 3],
    },
  },
  'moved-in': {
    right: {
      patch: [patch('payment', { ...inside, ports: [{ port: 80, targetPort: 3000 }] }), 3],
      'delete and expose': [
        'kk delete service payment',
        'kk expose deployment hellok8s-go-http --name=payment --port=80 --target-port=3000',
        3,
      ],
      'with a node port besides': [
        'kk delete service payment',
        'kk expose deployment hellok8s-go-http --name=payment --port=80 --target-port=3000 --type=NodePort',
        3,
      ],
      'another manifest of the same name': [
        "sed 's/name: .*/name: payment/; s/ port: 3000/ port: 80/' service-clusterip.yaml | kk replace -f -",
        3,
      ],
    },
    wrong: {
      'an alias for a Service in the cluster: no port is changed': [
        'kk expose deployment hellok8s-go-http --name=inside --port=80 --target-port=3000',
        patch('payment', { externalName: 'inside.default.svc.cluster.local' }),
        3,
      ],
      'port 3000 for the callers': [patch('payment', { ...inside, ports: [{ port: 3000 }] }), 3],
      'no selector': [
        patch('payment', { type: 'ClusterIP', externalName: null, ports: [{ port: 80, targetPort: 3000 }] }),
        3,
      ],
    },
  },
  'two-letters': {
    right: {
      'label, then port name': [label, portName, 3],
      'the file, then apply': [
        "sed -i 's/archives/archive/; s/name: web/name: http/' service-archive-broken.yaml",
        'kk apply -f service-archive-broken.yaml',
        3,
      ],
      'the Service takes the name of the port': [
        label,
        `kk patch service archive --type=json -p '[{"op":"replace","path":"/spec/ports/0/name","value":"web"}]'`,
        3,
      ],
    },
    wrong: {
      'the label alone': [label, 3],
      'the port name alone': [portName, 3],
      'an alias instead': [
        'kk delete service archive',
        'kk create service externalname archive --external-name=www.example.com',
        3,
      ],
    },
  },
}
