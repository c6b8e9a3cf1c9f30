// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const apply = (text: string) =>
  `printf '${text.replaceAll('\n', '\\n').replaceAll('%', '%%')}' | kk apply -f -`

const desk = (ship: string) =>
  apply(`apiVersion: v1
kind: Pod
metadata: {name: desk}
spec:
  terminationGracePeriodSeconds: 1
  volumes: [{name: book, emptyDir: {}}]
  containers:
    - name: desk
      image: busybox:1.28
      command: [sh, -c, "while sleep 5; do echo visit >> /var/log/desk/visits.log; done"]
      volumeMounts: [{name: book, mountPath: /var/log/desk}]
${ship}`)
const ship = (command: string, mount = '[{name: book, mountPath: /in}]') => `    - name: ship
      image: busybox:1.28
      command: ${command}
      volumeMounts: ${mount}
`
const shipAsInit = `  initContainers:
    - name: ship
      image: busybox:1.28
      restartPolicy: Always
      command: [tail, -n, "+1", -F, /in/visits.log]
      volumeMounts: [{name: book, mountPath: /in}]
`
const remove = 'kk delete pod desk'
const save = 'kk logs desk -c ship > ship.log'

const front = (news: string, path = '/usr/share/nginx/html') =>
  apply(`apiVersion: v1
kind: Pod
metadata: {name: front}
spec:
  volumes: [{name: page, emptyDir: {}}]
  containers:
    - name: web
      image: nginx
      volumeMounts: [{name: page, mountPath: ${path}}]
    - name: news
      image: busybox:1.28
      command: [sh, -c, "${news}"]
      volumeMounts: [{name: page, mountPath: /page}]
`)

export default {
  'hear-the-desk': {
    right: {
      'tail follows the file': [remove, desk(ship('[tail, -n, "+1", -F, /in/visits.log]')), 20, save, 1],
      'a native sidecar': [remove, desk(shipAsInit), 20, save, 1],
      'a loop that prints it again and again': [
        remove,
        desk(ship('[sh, -c, "while sleep 5; do cat /in/visits.log; done"]')),
        20,
        save,
        1,
      ],
    },
    wrong: {
      'a log made by hand, without a helper': ['echo visit > ship.log', 5],
      'no volume in common': [
        remove,
        desk(ship('[sh, -c, "while sleep 5; do echo visit; done"]', '[]')),
        20,
        save,
        1,
      ],
      'the log is not saved': [remove, desk(ship('[tail, -n, "+1", -F, /in/visits.log]')), 20],
      'saved before there was a visit': [
        remove,
        desk(ship('[tail, -n, "+1", -F, /in/visits.log]')),
        2,
        save,
        20,
      ],
      'the helper reads another file': [
        remove,
        desk(ship('[tail, -n, "+1", -F, /in/sales.log]')),
        20,
        save,
        1,
      ],
    },
  },
  'front-page': {
    right: {
      'asked from within': [
        front('echo Used books > /page/index.html; sleep 86400'),
        10,
        'kk exec front -c web -- curl -s localhost > page.html',
        1,
      ],
      'asked by the pod’s address': [
        front('while true; do echo Used books > /page/index.html; sleep 5; done'),
        10,
        "curl -s $(kk get pod front -o jsonpath='{.status.podIP}') > page.html",
        1,
      ],
      'asked by the helper': [
        front('echo Used books > /page/index.html; sleep 86400'),
        10,
        'kk exec front -c news -- wget -qO- localhost > page.html',
        1,
      ],
    },
    wrong: {
      'the volume is mounted elsewhere': [
        front('echo Used books > /page/index.html; sleep 86400', '/srv'),
        10,
        'kk exec front -c web -- curl -s localhost > page.html',
        1,
      ],
      'a page made by hand': ['echo Used books > page.html', 'kk run front --image=nginx', 10],
      'the helper writes another file': [
        front('echo Used books > /page/news.html; sleep 86400'),
        10,
        'kk exec front -c web -- curl -s localhost > page.html',
        1,
      ],
      'the helper ends and is restarted until it waits': [
        front('echo Used novels > /page/index.html'),
        10,
        'kk exec front -c web -- curl -s localhost > page.html',
        60,
      ],
    },
  },
  'let-it-end': {
    right: {
      'the manifest of the lesson': ['kk replace --force -f pod-sidecar-native.yaml', 30],
      'deleted, then applied': ['kk delete pod report', 'kk apply -f pod-sidecar-native.yaml', 30],
      'OnFailure does as well': [
        'kk delete pod report',
        "sed 's/restartPolicy: Never/restartPolicy: OnFailure/' pod-sidecar-native.yaml | kk apply -f -",
        30,
      ],
    },
    wrong: {
      waiting: [3600],
      'apply over the living pod is refused': ['kk apply -f pod-sidecar-native.yaml', 60],
      'the helper is killed by hand': ['kk exec report -c ship -- pkill tail', 30],
      'the helper is left out': [
        'kk delete pod report',
        "kk run report --image=busybox:1.28 --restart=Never -- sh -c 'sleep 6'",
        30,
      ],
      'without restartPolicy the init container never lets the program begin': [
        'kk delete pod report',
        "sed '/restartPolicy: Always/d' pod-sidecar-native.yaml | kk apply -f -",
        120,
      ],
    },
  },
}
