// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const patch = (service: string, spec: object) =>
  `kk patch service ${service} -p '${JSON.stringify({ spec })}'`
const expose = (more: string) => `kk expose deployment hellok8s-go-http --name=door ${more}`
const number = (nodePort: number) => ({ ports: [{ port: 3000, nodePort }] })

export default {
  'fixed-number': {
    right: {
      'the manifest of the lesson, changed': [
        "sed 's/name: .*/name: door/; s/ port: 3000/ port: 80/; s/30000/31000/' service-nodeport.yaml | kk apply -f -",
        5,
      ],
      'a LoadBalancer with that node port': [
        "sed 's/name: .*/name: door/; s/ port: 3000/ port: 80/; s/30000/31000/; s/type: NodePort/type: LoadBalancer/' service-nodeport.yaml | kk apply -f -",
        5,
      ],
      'expose, then the number': [
        expose('--port=80 --target-port=3000 --type=NodePort'),
        patch('door', { ports: [{ port: 80, nodePort: 31000 }] }),
        5,
      ],
      'create service nodeport has a flag for it': [
        'kk create service nodeport door --tcp=80:3000 --node-port=31000',
        'kk set selector service door app=hellok8s',
        5,
      ],
    },
    wrong: {
      'on every node, but only one of them answers': [
        "sed 's/name: .*/name: door/; s/ port: 3000/ port: 80/; s/30000/31000/; s/type: NodePort/type: NodePort\\n  externalTrafficPolicy: Local/' service-nodeport.yaml | kk apply -f -",
        5,
      ],
      'the number that was drawn': [expose('--port=80 --target-port=3000 --type=NodePort'), 5],
      'a number out of range': ['kk create service nodeport door --tcp=80:3000 --node-port=8080', 5],
      'the selector that create service invents': [
        'kk create service nodeport door --tcp=80:3000 --node-port=31000',
        5,
      ],
      'targetPort left out': [
        expose('--port=80 --type=NodePort'),
        patch('door', { ports: [{ port: 80, targetPort: 80, nodePort: 31000 }] }),
        5,
      ],
    },
  },
  'who-was-it': {
    right: {
      patch: [patch('visitors', { externalTrafficPolicy: 'Local' }), 5],
      'the file, then apply': [
        "sed -i 's/type: NodePort/type: NodePort\\n  externalTrafficPolicy: Local/' visitors.yaml",
        'kk apply -f visitors.yaml',
        5,
      ],
      'get, change, replace': [
        "kk get service visitors -o yaml | sed 's/externalTrafficPolicy: Cluster/externalTrafficPolicy: Local/' | kk replace -f -",
        5,
      ],
    },
    wrong: {
      'the policy for callers inside': [patch('visitors', { internalTrafficPolicy: 'Local' }), 5],
      'made anew with another number': [
        'kk delete service visitors',
        `kk expose pod visitors --port=80 --type=NodePort --overrides='{"spec":{"externalTrafficPolicy":"Local"}}'`,
        5,
      ],
      'a value that does not exist': [patch('visitors', { externalTrafficPolicy: 'Node' }), 5],
      'each visitor kept to one pod': [patch('visitors', { sessionAffinity: 'ClientIP' }), 5],
    },
  },
  'business-card': {
    right: {
      'two patches': [patch('door', number(30090)), patch('door', { externalTrafficPolicy: 'Cluster' }), 5],
      'the file, then apply': [
        "sed -i '/externalTrafficPolicy/d; s/30900/30090/' service-door-broken.yaml",
        'kk apply -f service-door-broken.yaml',
        patch('door', { externalTrafficPolicy: null }),
        5,
      ],
      'both at once': [patch('door', { externalTrafficPolicy: 'Cluster', ...number(30090) }), 5],
    },
    wrong: {
      'the number alone: one node answers': [patch('door', number(30090)), 5],
      'the policy alone: nobody knows the number': [patch('door', { externalTrafficPolicy: 'Cluster' }), 5],
      'made anew': [
        'kk delete service door',
        expose('--port=3000 --type=NodePort'),
        patch('door', number(30090)),
        5,
      ],
      'more pods on the same node': [
        patch('door', number(30090)),
        'kk scale deployment hellok8s-go-http --replicas=4',
        10,
      ],
    },
  },
}
