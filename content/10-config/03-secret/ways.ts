// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const type = '--type=kubernetes.io/basic-auth'
const restart = ['kk rollout restart deployment/home', 20]
const file = 'deployment-home-configmap.yaml'
const moved = [
  'kk create secret generic home-db --from-literal=DB_PASSWD=pass123',
  `sed -i 's/          envFrom:/          envFrom:\\n            - secretRef:\\n                name: home-db/' ${file}`,
]
const cleaned = [`sed -i '/DB_PASSWD: pass123/d' ${file}`, `kk apply -f ${file}`, 20]
const patch = (data: string) => `kk patch secret home-db -p '{${data}}'`

export default {
  login: {
    right: {
      'single quotes': [
        `kk create secret generic mail ${type} --from-literal=username=shop --from-literal=password='pa$$w0rd!'`,
      ],
      'by a file without a newline': [
        "printf '%s' 'pa$$w0rd!' > password",
        `kk create secret generic mail ${type} --from-literal=username=shop --from-file=password`,
      ],
      'by a manifest with stringData': [
        `printf '%s\\n' 'apiVersion: v1' 'kind: Secret' 'metadata: {name: mail}' 'type: kubernetes.io/basic-auth' 'stringData: {username: shop, password: "pa$$w0rd!"}' | kk apply -f -`,
      ],
    },
    wrong: {
      'double quotes: the shell replaces $$': [
        `kk create secret generic mail ${type} --from-literal=username=shop --from-literal=password="pa$$w0rd"'!'`,
      ],
      'echo adds a newline': [
        "echo 'pa$$w0rd!' > password",
        `kk create secret generic mail ${type} --from-literal=username=shop --from-file=password`,
      ],
      'of no type': [
        `kk create secret generic mail --from-literal=username=shop --from-literal=password='pa$$w0rd!'`,
      ],
      'encoded twice': [
        `kk create secret generic mail ${type} --from-literal=username=shop --from-literal=password=$(printf '%s' 'pa$$w0rd!' | base64)`,
      ],
    },
  },
  'moved-out': {
    right: {
      'envFrom twice': [...moved, ...cleaned],
      'one key by set env, then out of the ConfigMap': [
        'kk create secret generic home-db --from-literal=DB_PASSWD=pass123',
        'kk set env deployment/home --from=secret/home-db',
        20,
        `kk apply -f ${file}`,
        `kk get configmap home-settings -o yaml | sed '/DB_PASSWD: pass123/d' > map.yaml`,
        'kk delete configmap home-settings',
        'kk create configmap home-settings --from-literal=DB_USER=shop',
        'kk set env deployment/home --from=secret/home-db',
        ...restart,
      ],
      'both from the Secret, no ConfigMap any more': [
        'kk create secret generic home-db --from-literal=DB_PASSWD=pass123 --from-literal=DB_USER=shop',
        `sed -i '1,/^---/d; s/configMapRef/secretRef/; s/home-settings/home-db/' ${file}`,
        'kk delete configmap home-settings',
        `kk apply -f ${file}`,
        20,
      ],
    },
    wrong: {
      'the Secret comes beside it': [...moved, `kk apply -f ${file}`, 20],
      'in base64, and still in the ConfigMap': [
        `kk patch configmap home-settings -p '{"data":{"DB_PASSWD":"cGFzczEyMw=="}}'`,
        ...restart,
      ],
      'the user is gone as well': [
        'kk create secret generic home-db --from-literal=DB_PASSWD=pass123',
        'kk delete configmap home-settings',
        `sed -i '1,/^---/d; s/configMapRef/secretRef/; s/home-settings/home-db/' ${file}`,
        `kk apply -f ${file}`,
        20,
      ],
      'the annotation of apply still tells it': [
        'kk create secret generic home-db --from-literal=DB_PASSWD=pass123',
        'kk set env deployment/home --from=secret/home-db',
        `kk patch configmap home-settings -p '{"data":{"DB_PASSWD":null}}'`,
        ...restart,
      ],
    },
  },
  'one-byte': {
    right: {
      stringData: [patch('"stringData":{"DB_PASSWD":"pass123"}'), ...restart],
      'base64 of what printf says': [patch('"data":{"DB_PASSWD":"cGFzczEyMw=="}'), ...restart],
      'the file, and the pod deleted': [
        "sed -i 's/cGFzczEyMwo=/cGFzczEyMw==/' deployment-home-secret-broken.yaml",
        'kk apply -f deployment-home-secret-broken.yaml',
        'kk delete pods -l app=home',
        20,
      ],
    },
    wrong: {
      'the pod keeps what it was given': [patch('"stringData":{"DB_PASSWD":"pass123"}'), 600],
      'restarted first': [...restart, patch('"stringData":{"DB_PASSWD":"pass123"}'), 60],
      'echo once more': [
        `kk patch secret home-db -p "{\\"data\\":{\\"DB_PASSWD\\":\\"$(echo pass123 | base64)\\"}}"`,
        ...restart,
      ],
      'written into the manifest': ['kk set env deployment/home DB_PASSWD=pass123', 20],
    },
  },
}
