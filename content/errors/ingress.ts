// What is said at the door: by the controller, and by curl of the certificate that it is shown.
import type { KnownError } from '../../src/lesson/known-error.ts'

const shop = 'shop.example.com'
const ask = `curl -sS --resolve ${shop}:30443:10.0.2.3 https://${shop}:30443/hello`

export const ingress: readonly KnownError[] = [
  {
    name: 'ingress-no-endpoints',
    text: '503 Service Temporarily Unavailable',
    meaning: {
      zh: 'Ingress 的规则对上了，可 Service 不存在、没有这个端口，或者背后没有就绪的 Pod。',
      en: 'A rule of an Ingress fits, but its Service does not exist, lacks that port, or has no ready Pod.',
    },
    cure: {
      zh: '`kubectl describe ingress` 里，每条路径后面的括号写着名单或者原因。',
      en: 'In `kubectl describe ingress` the parentheses behind each path hold the list, or the reason.',
    },
    lesson: '08-ingress/03-two-backends',
    lines: [
      'kk create ingress extra --class=nginx --rule="/stock*=stock-svc:80"',
      'sleep 2',
      'curl -s 10.0.2.3:30080/stock',
    ],
  },
  {
    name: 'certificate-self-signed',
    text: 'curl: (60) SSL certificate problem: self-signed certificate',
    meaning: {
      zh: '门口拿出的证书是自签的，没有人担保。可能是你自己签的，也可能是 Ingress 控制器的假证书。',
      en: 'The certificate shown is self-signed and nobody vouches for it: your own, or the fake one of the ingress controller.',
    },
    cure: {
      zh: '`curl -kv` 看 `subject`：是假证书，就查 Ingress 的 `tls` 和 Secret；是自己的，用 `--cacert` 指给 `curl`。',
      en: 'See `subject` in `curl -kv`. If it is the fake, look at `tls` in the Ingress and at its Secret; if it is yours, give it to `curl` with `--cacert`.',
    },
    lesson: '08-ingress/05-tls',
    lines: [ask],
  },
  {
    name: 'certificate-expired',
    text: 'curl: (60) SSL certificate problem: certificate has expired',
    meaning: {
      zh: '证书过了有效期。集群里没有谁替你盯着日期。',
      en: 'The certificate is past its date. Nothing in the cluster watches that for you.',
    },
    cure: {
      zh: '签一张新的，`kubectl create secret tls shop-tls --cert=shop.crt --key=shop.key --dry-run=client -o yaml` 接着 `kubectl replace -f -`；不用重启。',
      en: 'Make a new one, then pipe `kubectl create secret tls shop-tls --cert=shop.crt --key=shop.key --dry-run=client -o yaml` into `kubectl replace -f -`. Nothing needs a restart.',
    },
    lesson: '08-ingress/05-tls',
    lines: [
      `openssl req -x509 -nodes -newkey rsa:1024 -days 0 -keyout shop.key -out shop.crt -subj /CN=${shop} -addext subjectAltName=DNS:${shop}`,
      'kk create secret tls shop-tls --cert=shop.crt --key=shop.key',
      'kk apply -f ingress-tls.yaml',
      'sleep 2',
      ask.replace('-sS', '-sS --cacert shop.crt'),
    ],
  },
  {
    name: 'certificate-not-found',
    text: 'Error getting SSL certificate "default/shop-tls": local SSL certificate default/shop-tls was not found. Using default certificate',
    meaning: {
      zh: 'Ingress 写的 Secret，控制器在同一个 namespace 里没找到，或者里面不是证书，就用了自己的假证书。',
      en: 'The controller found no such Secret in the namespace of the Ingress, or no certificate in it, and shows its own fake.',
    },
    cure: {
      zh: '`kubectl get secrets` 有没有这个名字，类型是不是 `kubernetes.io/tls`。',
      en: 'Does `kubectl get secrets` list that name, with type `kubernetes.io/tls`?',
    },
    lesson: '08-ingress/05-tls',
    lines: [
      'kk apply -f ingress-tls.yaml',
      'sleep 2',
      'kk logs -n ingress-nginx deployment/ingress-nginx-controller',
    ],
  },
]
