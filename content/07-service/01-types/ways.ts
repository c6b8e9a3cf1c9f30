// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const name = 'service-hellok8s-clusterip'
const expose = (service: string, more = '') =>
  `kk expose deployment hellok8s-go-http --name=${service} --port=3000 ${more}`
const shipping = (target = 'example.com') =>
  `kk create service externalname shipping --external-name=${target}`
const patch = (service: string, spec: object) =>
  `kk patch service ${service} -p '${JSON.stringify({ spec })}'`
const rewrite = (script: string) => `sed '${script}' service-hello-headless.yaml | kk apply -f -`

export default {
  'three-callers': {
    right: {
      'expose, expose, create': [expose('front'), expose('tester', '--type=NodePort'), shipping(), 5],
      'create service, then its selector': [
        'kk create service clusterip front --tcp=80:3000; kk set selector service front app=hellok8s',
        'kk create service nodeport tester --tcp=80:3000; kk set selector service tester app=hellok8s',
        shipping(),
        5,
      ],
      'a LoadBalancer for the tester: it has a node port too': [
        expose('front'),
        expose('tester', '--type=LoadBalancer'),
        shipping(),
        5,
      ],
      'parts of the file of the lesson': [
        "sed 's/name: inside/name: front/; s/name: on-nodes/name: tester/; s/name: payment/name: shipping/; s/www.example.com/example.com/' services-five.yaml | kk apply -f -",
        5,
      ],
    },
    wrong: {
      'the tester gets a ClusterIP': [expose('front'), expose('tester'), shipping(), 5],
      'the front end gets no address': [
        expose('front', '--cluster-ip=None'),
        expose('tester', '--type=NodePort'),
        shipping(),
        5,
      ],
      'create service with the selector it invents': [
        'kk create service clusterip front --tcp=3000:3000',
        expose('tester', '--type=NodePort'),
        shipping(),
        5,
      ],
      'an alias for one of our own': [
        expose('front'),
        expose('tester', '--type=NodePort'),
        shipping('front.default.svc.cluster.local'),
        5,
      ],
    },
  },
  'open-a-door': {
    right: {
      patch: [patch(name, { type: 'NodePort' }), 5],
      'a LoadBalancer, which opens a node port too': [patch(name, { type: 'LoadBalancer' }), 5],
      'the file, then apply': [
        "sed -i 's/type: ClusterIP/type: NodePort/' service-clusterip.yaml",
        'kk apply -f service-clusterip.yaml',
        5,
      ],
      'get, change, replace': [
        `kk get service ${name} -o yaml | sed 's/type: ClusterIP/type: NodePort/' | kk replace -f -`,
        5,
      ],
    },
    wrong: {
      'made anew: another address': [
        `kk delete service ${name}`,
        `kk expose deployment hellok8s-go-http --name=${name} --port=3000 --type=NodePort`,
        5,
      ],
      'a second Service beside it': [expose('door', '--type=NodePort'), 5],
      'a type that does not exist': [patch(name, { type: 'Nodeport' }), 5],
    },
  },
  'port-eighty': {
    right: {
      'delete and expose': [
        'kk delete service hello',
        'kk expose deployment hellok8s-go-http --name=hello --port=80 --target-port=3000',
        5,
      ],
      'the file without that line, after a delete': [
        "sed -i '/clusterIP/d' service-hello-headless.yaml",
        'kk delete service hello',
        'kk apply -f service-hello-headless.yaml',
        5,
      ],
      'made an alias for a moment, which gives the None back': [
        patch('hello', {
          type: 'ExternalName',
          externalName: 'example.com',
          clusterIP: null,
          clusterIPs: null,
        }),
        patch('hello', { type: 'ClusterIP', externalName: null }),
        5,
      ],
      'replace --force': ["sed '/clusterIP/d' service-hello-headless.yaml | kk replace --force -f -", 5],
    },
    wrong: {
      'the line taken out and applied: nothing changes': [rewrite('/clusterIP/d'), 5],
      'an address by patch: refused': [patch('hello', { clusterIP: '20.1.77.7' }), 5],
      'another port for the callers': [patch('hello', { ports: [{ port: 3000 }] }), 5],
      'targetPort forgotten': [
        'kk delete service hello',
        'kk expose deployment hellok8s-go-http --name=hello --port=80',
        5,
      ],
    },
  },
}
