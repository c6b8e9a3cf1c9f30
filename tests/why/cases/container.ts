// S3 and S4: the image does not come, or the container is not made.
import type { Fault } from '../../../src/cluster/fault.ts'
import { anew, apply, type Case } from '../case.ts'

const registryDown: Fault = { type: 'registry-down' }

export const container: readonly Case[] = [
  // ---- the image does not come
  {
    chain: [63, 23],
    build: [apply('two'), 20, 'kubectl set image deployment/web main=leigg/hellok8s:v22'],
    ask: 'deployment/web',
    zh: 'leigg/hellok8s:v22：仓库 leigg/hellok8s 有，标签 v22 没有（有：liveness、readiness、v1、v2、v2_problem、v3_hostname）。',
    en: 'leigg/hellok8s:v22: the repository leigg/hellok8s exists, the tag v22 does not (it has liveness, readiness, v1, v2, v2_problem, v3_hostname).',
    cure: ['kubectl set image deployment/web main=leigg/hellok8s:v2'],
  },
  {
    chain: [24],
    build: [apply('repository')],
    ask: 'pod/web',
    zh: 'ngnix 的仓库不存在，或者要登录；Pod 没带 imagePullSecrets。',
    en: 'The repository of ngnix does not exist or needs a login; the pod has no imagePullSecrets.',
    cure: anew('repository', 's/ngnix/nginx/'),
  },
  {
    chain: [25],
    build: [apply('pull-secret')],
    ask: 'pod/web',
    zh: '拉取用的 Secret regcred 在 default 里没有（Secret 不能跨命名空间）。',
    en: 'The pull secret regcred does not exist in default (secrets do not cross namespaces).',
    cure: anew('pull-secret', '/imagePullSecrets/d;/regcred/d;s#registry.shop.example/web:1#nginx#'),
  },
  {
    chain: [26],
    build: [apply('image-name')],
    ask: 'pod/web',
    zh: '镜像名 Nginx:1.27 不合法：只能小写。',
    en: 'Nginx:1.27 is no image name: lower case only.',
    cure: anew('image-name', 's/Nginx/nginx/'),
  },
  {
    chain: [27],
    build: [apply('never')],
    ask: 'pod/web',
    zh: 'imagePullPolicy: Never，而 k8s-node1 上没有 nginx:1.27。',
    en: 'imagePullPolicy is Never and k8s-node1 does not have nginx:1.27.',
    cure: anew('never', 's/Never/IfNotPresent/'),
  },
  {
    chain: [28],
    build: [registryDown, apply('nginx')],
    ask: 'pod/web',
    zh: '镜像名没错，是连不上仓库 docker.io；恢复后会自己重试（最多等 5 分钟）。',
    en: 'Nothing is wrong with the name: the registry docker.io cannot be reached; it retries by itself (5 min at most).',
    cure: [{ repair: registryDown }],
    heals: 320,
  },

  // ---- the container is not made
  {
    chain: [63, 29],
    build: [apply('orders-config', 'config-key')],
    ask: 'deployment/orders',
    zh: 'ConfigMap orders 有，键 DB_URL 没有（有：db_url）。',
    en: 'ConfigMap orders exists but has no key DB_URL (it has db_url).',
    cure: [`kubectl patch configmap orders -p '{"data":{"DB_URL":"mysql://db:3306/orders"}}'`],
  },
  {
    chain: [30],
    build: [apply('config-map')],
    ask: 'pod/web',
    zh: '容器的 env（或 envFrom）要的 ConfigMap settings 不存在。',
    en: 'ConfigMap settings, which env or envFrom asks for, does not exist.',
    cure: ['kubectl create configmap settings --from-literal=A=b'],
  },
  {
    chain: [31],
    build: [apply('secret-volume')],
    ask: 'pod/web',
    zh: '卷 keys 要的 Secret web-keys 不存在，挂载一直重试。',
    en: 'Volume keys needs the Secret web-keys, which does not exist; mounting is retried.',
    cure: ['kubectl create secret generic web-keys --from-literal=a=b'],
    heals: 140,
  },
  {
    chain: [32],
    build: [apply('orders-config', 'volume-items')],
    ask: 'pod/web',
    zh: '卷 conf 的 items 点了键 nginx.conf，orders 里没有（有：db_url）。',
    en: 'items of volume conf name the key nginx.conf, which orders lacks (it has db_url).',
    cure: [`kubectl patch configmap orders -p '{"data":{"nginx.conf":"events {}"}}'`],
    heals: 140,
  },
  {
    chain: [33],
    build: [apply('host-path')],
    ask: 'pod/web',
    zh: 'k8s-node1 上没有 /srv/data，或者不是 Directory。',
    en: 'On k8s-node1 /srv/data is missing or is no Directory.',
    cure: anew('host-path', 's/type: Directory/type: DirectoryOrCreate/'),
  },
]
