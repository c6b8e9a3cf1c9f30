// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const apply = (text: string) => `printf '${text.replaceAll('\n', '\\n')}' | kk apply -f -`
const cache = 'kk create service clusterip cache --tcp=80'

const menu = (command: string) =>
  apply(`apiVersion: v1
kind: Pod
metadata: {name: menu}
spec:
  initContainers: [{name: wait, image: "busybox:1.28", command: [sh, -c, "${command}"]}]
  containers: [{name: web, image: nginx}]
`)
const waits = menu('until nslookup cache; do sleep 2; done')

const front = (init: string, path = '/usr/share/nginx/html') =>
  apply(`apiVersion: v1
kind: Pod
metadata: {name: front}
spec:
  volumes: [{name: page, emptyDir: {}}]
  initContainers: [{name: write, image: "busybox:1.28", command: [sh, -c, "${init}"], volumeMounts: [{name: page, mountPath: /page}]}]
  containers: [{name: web, image: nginx, volumeMounts: [{name: page, mountPath: ${path}}]}]
`)
const fetch = 'kk exec front -- curl -s localhost > page.html'

const shop = (text: string) => [
  'kk delete pod shop',
  apply(
    `apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  terminationGracePeriodSeconds: 1\n${text}`,
  ),
  40,
]
const loop = 'while sleep 5; do wget -qO- localhost; done'

export default {
  'wait-for-cache': {
    right: {
      'the manifest of the lesson, cut down': [
        "sed '/wait-mydb/,/waiting for mydb/d; s/shop-app/menu/; s/myservice/cache/g' pod-init.yaml | kk apply -f -",
        20,
        cache,
        20,
      ],
      'a text of its own, and a long wait': [waits, 300, cache, 20],
      'by its full name, the Service from a manifest': [
        menu('until nslookup cache.default.svc.cluster.local; do sleep 1; done'),
        15,
        apply('apiVersion: v1\nkind: Service\nmetadata: {name: cache}\nspec: {ports: [{port: 80}]}\n'),
        20,
      ],
    },
    wrong: {
      'the Service first': [cache, waits, 30],
      'at the same time': [waits, cache, 30],
      'without an init container': ['kk run menu --image=nginx', 20, cache, 20],
      'it waits for a time, not for the Service, and is made anew': [
        waits,
        20,
        cache,
        'kk delete pod menu --grace-period=1',
        waits,
        20,
      ],
    },
  },
  'page-first': {
    right: {
      'an echo': [front('echo Used books > /page/index.html'), 10, fetch, 1],
      'asked by the pod’s address': [
        front('echo Used books > /page/index.html'),
        10,
        "curl -s $(kk get pod front -o jsonpath='{.status.podIP}') > page.html",
        1,
      ],
      'a page with more in it': [front('(echo Welcome; echo Used books) > /page/index.html'), 10, fetch, 1],
    },
    wrong: {
      'the page is mounted elsewhere': [front('echo Used books > /page/index.html', '/srv'), 10, fetch, 1],
      'written into the init container itself': [front('echo Used books > /index.html'), 10, fetch, 1],
      'the init container never ends': [
        front('echo Used books > /page/index.html; sleep 86400'),
        10,
        fetch,
        1,
      ],
      'saved by hand, without a pod': ['echo Used books > page.html', 5],
    },
  },
  'waits-for-itself': {
    right: {
      'a native sidecar': [
        "sed -i 's/    - name: check/    - name: check\\n      restartPolicy: Always/' shop-waits.yaml",
        'kk replace --force -f shop-waits.yaml',
        40,
      ],
      'an ordinary container': shop(
        `  containers: [{name: web, image: nginx}, {name: check, image: "busybox:1.28", command: [sh, -c, "${loop}"]}]\n`,
      ),
      'a readiness probe': shop(
        '  containers: [{name: web, image: nginx, readinessProbe: {httpGet: {path: /, port: 80}, periodSeconds: 5}}]\n',
      ),
    },
    wrong: {
      'the check is taken out': ['kk delete pod shop', 'kk run shop --image=nginx', 40],
      waiting: [3600],
      'apply over the living pod is refused': [
        "sed -i 's/    - name: check/    - name: check\\n      restartPolicy: Always/' shop-waits.yaml",
        'kk apply -f shop-waits.yaml',
        40,
      ],
      'another image for the init container': ['kk set image pod/shop check=busybox:1.36', 60],
      'the init container ends, so nobody checks': shop(
        '  initContainers: [{name: check, image: "busybox:1.28", command: ["true"]}]\n  containers: [{name: web, image: nginx}]\n',
      ),
    },
  },
}
