// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const patch = (service: string, spec: object) =>
  `kk patch service ${service} -p '${JSON.stringify({ spec })}'`
const expose = (more: string) =>
  `kk expose deployment hellok8s-go-http --name=front --port=80 --target-port=3000 ${more}`
const fromFile = (script: string) =>
  `sed 's/name: .*/name: front/; ${script}' service-loadbalancer.yaml | kk apply -f -`

export default {
  'for-tomorrow': {
    right: {
      'the manifest of the lesson, changed': [
        fromFile('s/targetPort: 3000/targetPort: 3000\\n      nodePort: 30080/'),
        3,
      ],
      'expose, then the number': [
        expose('--type=LoadBalancer'),
        patch('front', { ports: [{ port: 80, nodePort: 30080 }] }),
        3,
      ],
      'a NodePort first, then its type': [
        'kk create service nodeport front --tcp=80:3000 --node-port=30080',
        'kk set selector service front app=hellok8s',
        patch('front', { type: 'LoadBalancer' }),
        3,
      ],
    },
    wrong: {
      'the number that was drawn': [expose('--type=LoadBalancer'), 3],
      'of a class that this cloud does not serve': [
        fromFile(
          's/type: LoadBalancer/type: LoadBalancer\\n  loadBalancerClass: example.com\\/mine/; s/targetPort: 3000/targetPort: 3000\\n      nodePort: 30080/',
        ),
        3,
      ],
      'a NodePort only': [
        expose('--type=NodePort'),
        patch('front', { ports: [{ port: 80, nodePort: 30080 }] }),
        3,
      ],
      'targetPort left out': [
        'kk expose deployment hellok8s-go-http --name=front --port=80 --type=LoadBalancer',
        patch('front', { ports: [{ port: 80, nodePort: 30080 }] }),
        3,
      ],
    },
  },
  'no-back-doors': {
    right: {
      'in the file from the start': [
        fromFile('s/type: LoadBalancer/type: LoadBalancer\\n  allocateLoadBalancerNodePorts: false/'),
        3,
      ],
      'expose with overrides': [
        expose(`--type=LoadBalancer --overrides='{"spec":{"allocateLoadBalancerNodePorts":false}}'`),
        3,
      ],
      'a ClusterIP first, then both fields': [
        expose(''),
        patch('front', { type: 'LoadBalancer', allocateLoadBalancerNodePorts: false }),
        3,
      ],
    },
    wrong: {
      'as it is: a number is drawn': [expose('--type=LoadBalancer'), 3],
      'a number asked for is given all the same': [
        fromFile(
          's/type: LoadBalancer/type: LoadBalancer\\n  allocateLoadBalancerNodePorts: false/; s/targetPort: 3000/targetPort: 3000\\n      nodePort: 30080/',
        ),
        3,
      ],
      'Local: no node port, but one for health checks': [
        fromFile(
          's/type: LoadBalancer/type: LoadBalancer\\n  allocateLoadBalancerNodePorts: false\\n  externalTrafficPolicy: Local/',
        ),
        3,
      ],
      'a ClusterIP': [expose(''), 3],
    },
  },
  'waiting-room': {
    right: {
      'two patches': [
        patch('gate', { type: 'NodePort' }),
        patch('gate', { ports: [{ port: 80, targetPort: 3000 }] }),
        3,
      ],
      'the file, then apply': [
        "sed -i 's/LoadBalancer/NodePort/; s/targetPort: 80/targetPort: 3000/' service-gate-broken.yaml",
        'kk apply -f service-gate-broken.yaml',
        3,
      ],
      'both at once': [
        patch('gate', { type: 'NodePort', ports: [{ port: 80, targetPort: 3000, nodePort: 30081 }] }),
        3,
      ],
    },
    wrong: {
      'the type alone: refused': [patch('gate', { type: 'NodePort' }), 3],
      'the port alone: still waiting': [patch('gate', { ports: [{ port: 80, targetPort: 3000 }] }), 3],
      'a ClusterIP: the door is closed': [
        patch('gate', { type: 'ClusterIP', ports: [{ port: 80, targetPort: 3000 }] }),
        3,
      ],
      'made anew': [
        'kk delete service gate',
        "sed 's/LoadBalancer/NodePort/; s/targetPort: 80/targetPort: 3000/' service-gate-broken.yaml | kk apply -f -",
        3,
      ],
    },
  },
}
