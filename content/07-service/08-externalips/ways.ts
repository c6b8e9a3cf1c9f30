// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const name = 'service-hellok8s-clusterip'
const patch = (service: string, spec: object, more = '') =>
  `kk ${more}patch service ${service} -p '${JSON.stringify({ spec })}'`
const address = '192.168.255.100'

export default {
  'hang-it': {
    right: {
      patch: [patch(name, { externalIPs: [address] }), 3],
      'the file, then apply': [
        `sed -i 's/type: ClusterIP/type: ClusterIP\\n  externalIPs: [${address}]/' service-clusterip.yaml`,
        'kk apply -f service-clusterip.yaml',
        3,
      ],
      'get, change, replace': [
        `kk get service ${name} -o yaml | sed 's/^spec:/spec:\\n  externalIPs: [${address}]/' | kk replace -f -`,
        3,
      ],
    },
    wrong: {
      'one letter short': [patch(name, { externalIP: address }), 3],
      'another Service': ['kk apply -f service-clusterip-externalip.yaml', 3],
      'the field of the load balancer': [patch(name, { type: 'LoadBalancer', loadBalancerIP: address }), 3],
    },
  },
  without: {
    right: {
      'all at once': [
        patch(`${name}-externalip`, {
          externalIPs: null,
          type: 'NodePort',
          ports: [{ port: 3000, nodePort: 30100 }],
        }),
        3,
      ],
      'the type, then the address': [
        patch(`${name}-externalip`, { type: 'NodePort', ports: [{ port: 3000, nodePort: 30100 }] }),
        patch(`${name}-externalip`, { externalIPs: [] }),
        3,
      ],
      'a door of its own beside it': [
        patch(`${name}-externalip`, { externalIPs: null }),
        'kk create service nodeport door --tcp=3000:3000 --node-port=30100',
        'kk set selector service door app=hellok8s',
        3,
      ],
    },
    wrong: {
      'the address taken away, nothing in its place': [patch(`${name}-externalip`, { externalIPs: null }), 3],
      both: [patch(`${name}-externalip`, { type: 'NodePort', ports: [{ port: 3000, nodePort: 30100 }] }), 3],
      'made anew': [
        `kk delete service ${name}-externalip`,
        'kk create service nodeport door --tcp=3000:3000 --node-port=30100',
        'kk set selector service door app=hellok8s',
        3,
      ],
    },
  },
  'taken-over': {
    right: {
      patch: [patch('report', { externalIPs: null }, '-n data '), 3],
      'a JSON patch': [
        `kk -n data patch service report --type=json -p '[{"op":"remove","path":"/spec/externalIPs"}]'`,
        3,
      ],
      'another address, of its own': [patch('report', { externalIPs: [address] }, '-n data '), 3],
    },
    wrong: {
      'the Service deleted': ['kk -n data delete service report', 3],
      'its pods stopped: now it is refused': ['kk -n data scale deployment report --replicas=0', 10],
      'deleted and made anew': [
        'kk -n data delete service report',
        'kk -n data expose deployment report --port=80 --target-port=3000',
        3,
      ],
      headless: [patch('report', { clusterIP: 'None' }, '-n data '), 3],
    },
  },
}
