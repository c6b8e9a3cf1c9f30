// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const desk = 'kk create configmap desk --from-literal=GREETING=hello --from-file=banner.txt'
const pod = (more: string) =>
  `printf '%s\\n' 'apiVersion: v1' 'kind: Pod' 'metadata: {name: desk}' 'spec:' ${more} | kk apply -f -`
const container = (env: string) =>
  `'  containers: [{name: main, image: "busybox:1.28", command: [sleep, "3600"], ${env}, volumeMounts: [{name: f, mountPath: /etc/desk}]}]'`
const volume = `'  volumes: [{name: f, configMap: {name: desk}}]'`

const maps = [
  'kk create configmap test --from-literal=DB_URL=http://testdb.example123.com',
  'kk create configmap live --from-literal=DB_URL=http://mydb.example123.com',
]
const image = 'kk set image deployment/shop-live hellok8s=leigg/hellok8s:v4_configmap'
const from = ['test', 'live'].map(name => `kk set env deployment/shop-${name} --from=configmap/${name}`)

const file = 'deployment-page-broken.yaml'
const mount = `sed -i 's#mountPath: .*#mountPath: /etc/configmap_vol#' ${file}`
const item = `sed -i 's/            name: page-settings/            name: page-settings\\n            items:\\n              - key: page.json\\n                path: app-config.json/' ${file}`
const apply = [`kk apply -f ${file}`, 20]

export default {
  'two-forms': {
    right: {
      'one key as a variable': [
        desk,
        pod(
          `${container('env: [{name: GREETING, valueFrom: {configMapKeyRef: {name: desk, key: GREETING}}}]')} ${volume}`,
        ),
        10,
      ],
      'all keys as variables': [
        desk,
        pod(`${container('envFrom: [{configMapRef: {name: desk}}]')} ${volume}`),
        10,
      ],
      'two ConfigMaps': [
        'kk create configmap words --from-literal=GREETING=hello',
        'kk create configmap desk --from-file=banner.txt',
        pod(`${container('envFrom: [{configMapRef: {name: words}}]')} ${volume}`),
        10,
      ],
    },
    wrong: {
      'the value stands in the pod': [
        desk,
        pod(`${container('env: [{name: GREETING, value: hello}]')} ${volume}`),
        10,
      ],
      'the ConfigMap alone': [desk, 5],
      'the file has the name of its directory': [
        'kk create configmap desk --from-literal=GREETING=hello --from-file=desk=banner.txt',
        pod(`${container('envFrom: [{configMapRef: {name: desk}}]')} ${volume}`),
        10,
      ],
    },
  },
  'one-image': {
    right: {
      'set env --from': [...maps, ...from, image, 20],
      'one ConfigMap with two keys': [
        'kk create configmap both --from-literal=TEST=http://testdb.example123.com --from-literal=LIVE=http://mydb.example123.com',
        "sed -i '/value: .*testdb/s#value: .*#valueFrom: {configMapKeyRef: {name: both, key: TEST}}#; /value: .*mydb/s#value: .*#valueFrom: {configMapKeyRef: {name: both, key: LIVE}}#; s/v3_hostname/v4_configmap/' deployments-two-addresses.yaml",
        'kk apply -f deployments-two-addresses.yaml',
        20,
      ],
      'the image first': [image, 15, ...maps, ...from, 20],
    },
    wrong: {
      'the image alone': [image, 20],
      'both read one address': [
        ...maps,
        from[0]!,
        'kk set env deployment/shop-live --from=configmap/test',
        image,
        20,
      ],
      'one ConfigMap is missing': [maps[0]!, ...from, image, 30],
      'the older image, which does not read it': [
        ...maps,
        ...from,
        'kk set image deployment/shop-test hellok8s=leigg/hellok8s:v3_hostname',
        20,
      ],
    },
  },
  'no-such-file': {
    right: {
      'directory and name by items': [mount, item, ...apply],
      'a single file by subPath': [
        `sed -i 's#mountPath: .*#mountPath: /etc/configmap_vol/app-config.json\\n              subPath: page.json#' ${file}`,
        ...apply,
      ],
      'a projected volume': [
        mount,
        `sed -i '/          configMap:/,$d' ${file}`,
        `echo '          projected: {sources: [{configMap: {name: page-settings, items: [{key: page.json, path: app-config.json}]}}]}' >> ${file}`,
        ...apply,
      ],
    },
    wrong: {
      'the directory alone': [mount, ...apply],
      'the name alone': [item, ...apply],
      'a key is renamed that others read': [
        mount,
        `sed -i 's/  page.json:/  app-config.json:/' ${file}`,
        ...apply,
      ],
      'the key is not in the ConfigMap': [
        mount,
        item,
        `sed -i 's/key: page.json/key: pages.json/' ${file}`,
        ...apply,
      ],
    },
  },
}
