// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const run = (name: string, image: string, spec: object) =>
  `kk run ${name} --image=${image} --overrides='${JSON.stringify({ spec })}'`
const gate = (port: object, more: object = {}) =>
  run('gate', 'nginx:1.10.1', {
    containers: [{ name: 'gate', image: 'nginx:1.10.1', ports: [port] }],
    ...more,
  })
const duo = (command: readonly string[] | undefined, image = 'busybox:1.28') =>
  run('duo', 'nginx:1.10.1', {
    containers: [
      { name: 'web', image: 'nginx:1.10.1' },
      {
        name: 'tool',
        image,
        command: ['sleep', '86400'],
        ...(command && { readinessProbe: { exec: { command }, periodSeconds: 2 } }),
      },
    ],
  })
const clash = (command: readonly string[] | undefined, more: object = {}, image = 'nginx:1.10.1') => [
  'kk delete pod clash',
  run('clash', 'nginx:1.10.1', {
    containers: [
      { name: 'first', image: 'nginx:1.10.1' },
      { name: 'second', image, ...(command && { command }) },
    ],
    ...more,
  }),
]
const elsewhere = (port: number) => [
  'sh',
  '-c',
  `sed -i s/80/${port}/ /etc/nginx/conf.d/default.conf; exec nginx -g "daemon off;"`,
]

export default {
  gate: {
    right: {
      'the manifest of the lesson with other numbers': [
        "sed '/^---/,$d; s/door/gate/; s/8080/8090/' pods-host-port.yaml | kk apply -f -",
        10,
      ],
      'kubectl run with overrides': [gate({ containerPort: 80, hostPort: 8090 }), 10],
      'on one address of the node': [gate({ containerPort: 80, hostPort: 8090, hostIP: '10.0.2.3' }), 10],
    },
    wrong: {
      'containerPort alone opens nothing': [gate({ containerPort: 80 }), 20],
      'the wrong way round': [gate({ containerPort: 8090, hostPort: 80 }), 20],
      'the network of the node': [gate({ containerPort: 80 }, { hostNetwork: true }), 20],
      'a port that somebody has': [
        'kk run early --image=nginx:1.10.1 --overrides=\'{"spec":{"containers":[{"name":"early","image":"nginx:1.10.1","ports":[{"containerPort":80,"hostPort":8090}]}]}}\'',
        5,
        gate({ containerPort: 80, hostPort: 8090 }),
        20,
      ],
    },
  },
  'next-door': {
    right: {
      'wget of localhost': [duo(['wget', '-qO-', 'localhost']), 15],
      'by its number, in a shell': [duo(['sh', '-c', 'wget -q -O /dev/null http://127.0.0.1:80/']), 15],
      'it reads what comes back': [duo(['sh', '-c', 'wget -qO- localhost:80 | grep -q nginx']), 15],
    },
    wrong: {
      'no probe': [duo(undefined), 30],
      'a port where nobody is': [duo(['wget', '-qO-', 'localhost:8080']), 30],
      'itself under its name': [duo(['wget', '-qO-', 'duo']), 30],
      'two pods': ['kk run duo --image=nginx:1.10.1', 'kk run tool --image=busybox:1.28 -- sleep 86400', 20],
    },
  },
  both: {
    right: {
      'the second on another port': [...clash(elsewhere(8080)), 40],
      'on yet another': [...clash(elsewhere(8081)), 40],
      'in the file, then replace': [
        `sed -i 's|- name: second|- name: second\\n      command: [sh, -c, "sed -i s/80/3000/ /etc/nginx/conf.d/default.conf; exec nginx -g \\\\"daemon off;\\\\""]|' pod-port-clash.yaml`,
        'kk replace --force -f pod-port-clash.yaml',
        40,
      ],
    },
    wrong: {
      'two pods instead': [
        'kk delete pod clash',
        'kk run clash --image=nginx:1.10.1',
        'kk run second --image=nginx:1.10.1',
        60,
      ],
      'the network of the node has one port 80, too': [...clash(undefined, { hostNetwork: true }), 60],
      'it only sleeps': [...clash(['sleep', '86400']), 60],
      'another program': [...clash(undefined, {}, 'leigg/hellok8s:v1'), 60],
      'a containerPort written down moves nothing': [
        "sed -i 's/- name: second/- name: second\\n      ports: [{containerPort: 8080}]/' pod-port-clash.yaml",
        'kk replace --force -f pod-port-clash.yaml',
        60,
      ],
    },
  },
}
