// What the API server answers about ConfigMaps and Secrets.
import type { KnownError } from '../../src/lesson/known-error.ts'

export const configuration: readonly KnownError[] = [
  {
    name: 'configmap-too-large',
    text: 'error: failed to create configmap: ConfigMap "big" is invalid: []: Too long: may not be more than 1048576 bytes',
    meaning: {
      zh: '一个 ConfigMap（Secret 也一样）里所有的值加起来，最多 1 MiB。',
      en: 'All values of one ConfigMap, or of one Secret, may have 1 MiB together.',
    },
    cure: {
      zh: '拆成几个，或者放进镜像、放进卷。',
      en: 'Split it, or put it into the image or into a volume.',
    },
    lesson: '10-config/01-configmap',
    lines: [
      'head -c 900000 /dev/zero | base64 -w 0 > big.txt',
      'kk create configmap big --from-file=big.txt',
    ],
  },
  {
    name: 'annotations-too-long',
    text: 'The ConfigMap "big" is invalid: metadata.annotations: Too long: may not be more than 262144 bytes',
    meaning: {
      zh: '`apply` 把整份清单抄进一个注解，注解加起来最多 256 KiB。',
      en: '`apply` copies the whole manifest into an annotation; all annotations together may have 256 KiB.',
    },
    cure: {
      zh: '改用 `kubectl apply --server-side -f big.yaml` 或 `kubectl create -f big.yaml`，都不抄这一份。',
      en: 'Use `kubectl apply --server-side -f big.yaml` or `kubectl create -f big.yaml`, which make no such copy.',
    },
    lesson: '10-config/01-configmap',
    lines: [
      'head -c 300000 /dev/zero | base64 -w 0 > big.txt',
      'kk create configmap big --from-file=big.txt --dry-run=client -o yaml > big.yaml',
      'kk apply -f big.yaml',
    ],
  },
  {
    name: 'secret-key-required',
    text: 'The Secret "login" is invalid: data[ssh-privatekey]: Required value',
    meaning: {
      zh: '这种类型的 Secret 要有这些键。`stringData` 里的也算。',
      en: 'A Secret of this type must have these keys. Those in `stringData` count too.',
    },
    cure: {
      zh: '补上键，或者去掉 `type`，让它是 `Opaque`。',
      en: 'Add the keys, or leave `type` out, which makes it `Opaque`.',
    },
    lesson: '10-config/03-secret',
    lines: [
      "printf 'apiVersion: v1\nkind: Secret\nmetadata: {name: login}\ntype: kubernetes.io/ssh-auth\n' > login.yaml",
      'kk create -f login.yaml',
    ],
  },
  {
    name: 'service-account-required',
    text: 'The Secret "token" is invalid: metadata.annotations[kubernetes.io/service-account.name]: Required value',
    meaning: {
      zh: '令牌的 Secret 要用注解写明给哪个服务账户，控制器才知道填谁的令牌。',
      en: 'A Secret for a token names its service account in an annotation; the controller fills it in for that one.',
    },
    cure: {
      zh: '多半用不着它：`kubectl create token default` 给一个会过期的。',
      en: 'Mostly it is not needed: `kubectl create token default` gives one that expires.',
    },
    lesson: '10-config/03-secret',
    lines: [
      "printf 'apiVersion: v1\nkind: Secret\nmetadata: {name: token}\ntype: kubernetes.io/service-account-token\n' > token.yaml",
      'kk create -f token.yaml',
    ],
  },
  {
    name: 'pem-switched',
    text: 'error: tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched',
    meaning: {
      zh: '`--cert` 给的是私钥，`--key` 给的是证书。',
      en: '`--cert` was given the key, and `--key` the certificate.',
    },
    cure: { zh: '两个文件换过来。', en: 'Swap the two files.' },
    lesson: '10-config/03-secret',
    lines: [
      'openssl req -x509 -nodes -newkey rsa:2048 -subj /CN=shop.example.com -keyout shop.key -out shop.crt',
      'kk create secret tls shop --cert=shop.key --key=shop.crt',
    ],
  },
]
