// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const strict = {
  readOnlyRootFilesystem: true,
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
}
const hello = (securityContext: object, more: object = {}, image = 'leigg/hellok8s:v1') =>
  `kk run hello --image=${image} --overrides='${JSON.stringify({
    spec: { containers: [{ name: 'hello', image, securityContext }], ...more },
  })}'`
const account = 'kk create serviceaccount courier'
const courier = (spec: object) =>
  `kk run courier --image=nginx:1.10.1 --overrides='${JSON.stringify({ spec })}'`
const desk = (edit: string) => [
  `sed -i '${edit}' pod-desk-broken.yaml`,
  'kk replace --force -f pod-desk-broken.yaml',
  60,
]
const mount = (volume: string, path = '/tmp') =>
  `s|^spec:|spec:\\n  volumes: [{name: tmp, ${volume}}]|; s|      command:|      volumeMounts: [{name: tmp, mountPath: ${path}}]\\n      command:|`

export default {
  'as-little': {
    right: {
      'the manifest of the lesson with another image': [
        "sed 's/teller/hello/; s/busybox:1.28/leigg\\/hellok8s:v1/; /command/d' pod-teller.yaml | kk apply -f -",
        10,
      ],
      'all of it on the container': [hello({ ...strict, runAsUser: 65534 }), 10],
      'the user on the pod': [
        hello(strict, { securityContext: { runAsUser: 1000, runAsNonRoot: true } }),
        10,
      ],
    },
    wrong: {
      'runAsNonRoot alone: the image is root': [hello({ ...strict, runAsNonRoot: true }), 20],
      'a user with all the powers': [hello({ runAsUser: 1000, readOnlyRootFilesystem: true }), 20],
      'one power kept': [
        hello({
          ...strict,
          runAsUser: 1000,
          capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] },
        }),
        20,
      ],
      'the container takes back what the pod says': [
        hello({ ...strict, runAsUser: 0 }, { securityContext: { runAsUser: 1000 } }),
        20,
      ],
      'another program': [hello({ ...strict, runAsUser: 1000 }, {}, 'nginx:1.10.1'), 20],
    },
  },
  'own-account': {
    right: {
      'the manifest of the lesson with an account': [
        account,
        "sed 's/quiet/courier/; s/^spec:/spec:\\n  serviceAccountName: courier/' pod-no-token.yaml | kk apply -f -",
        10,
      ],
      'said on the pod': [
        account,
        courier({ serviceAccountName: 'courier', automountServiceAccountToken: false }),
        10,
      ],
      'said on the account': [
        `printf 'apiVersion: v1\\nkind: ServiceAccount\\nmetadata: {name: courier}\\nautomountServiceAccountToken: false\\n' | kk apply -f -`,
        courier({ serviceAccountName: 'courier' }),
        10,
      ],
    },
    wrong: {
      'its own account, and a token': [account, courier({ serviceAccountName: 'courier' }), 20],
      'no token, and the account of everybody': [
        account,
        courier({ automountServiceAccountToken: false }),
        20,
      ],
      'an account that nobody made': [
        courier({ serviceAccountName: 'courier', automountServiceAccountToken: false }),
        20,
      ],
    },
  },
  'cannot-write': {
    right: {
      'an emptyDir on /tmp': desk(mount('emptyDir: {}')),
      'one in memory': desk(mount('emptyDir: {medium: Memory}')),
      'deleted and applied': [
        desk(mount('emptyDir: {sizeLimit: 1Mi}'))[0]!,
        'kk delete pod desk --now',
        'kk apply -f pod-desk-broken.yaml',
        45,
      ],
    },
    wrong: {
      'the root filesystem opened': desk('s/readOnlyRootFilesystem: true/readOnlyRootFilesystem: false/'),
      'root again': desk(
        '/runAs/d; s/  securityContext:$/  securityContext: {}/; s/readOnlyRoot.*: true/privileged: true/',
      ),
      'the volume where nobody writes': desk(mount('emptyDir: {}', '/desk')),
      'another place to write': desk('s|/tmp/day.txt|/dev/null|'),
    },
  },
}
