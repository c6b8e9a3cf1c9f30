// 能弄坏什么：叫什么，先看到什么，怎么好。`{target}` 是节点、Pod 或镜像仓库。键与 faults.en.ts 相同。
import type { FaultWords } from './faults.en.ts'

export const faultsZh: FaultWords = {
  kinds: {
    'node-lost': {
      name: '节点断网',
      broken: '节点 {target} 断网',
      expect:
        '约 45 s 后 NotReady，而它的 Pod 还写着 Running；再过 5 分钟它们被驱逐，有别的节点的话在那里补上。',
    },
    'kubelet-stopped': {
      name: 'kubelet 停了',
      broken: '{target} 的 kubelet 停了',
      expect: '约 45 s 后 NotReady，和断网一样；但容器照常在跑，请求也照常有回答。',
    },
    'container-killed': {
      name: '杀掉一个容器',
      broken: '{target} 的容器被杀掉',
      expect: 'RESTARTS 马上加 1，Pod 的名字和 IP 不变。它会自己好。',
    },
    'memory-leak': {
      name: '内存泄漏',
      broken: '{target} 内存泄漏',
      expect:
        '每秒多用 10 MiB，到了 limit 就 OOMKilled，退出码 137，一次又一次，然后 CrashLoopBackOff。没写 limit，就吃节点的内存。',
    },
    'registry-down': {
      name: '镜像仓库连不上',
      broken: '镜像仓库 {target} 连不上',
      expect: '在跑的不受影响。新镜像拉不下来：约 30 s 后 ErrImagePull，然后 ImagePullBackOff。',
    },
    'rate-limit': {
      name: '镜像仓库限流',
      broken: '镜像仓库 {target} 限流',
      expect: '新镜像马上被拒绝，429 Too Many Requests：ErrImagePull，然后 ImagePullBackOff。',
    },
    'dns-broken': {
      name: '集群 DNS 坏了',
      broken: '集群 DNS 坏了（{target}）',
      expect:
        '用 IP 能通，用名字不能：`crash` 让 CoreDNS 不停重启，`servfail` 只回答错误，`silent` 让人一直等。',
    },
    'etcd-down': {
      name: 'etcd 停了',
      broken: 'etcd 停了',
      expect: '在跑的照常跑，但什么都读不了、改不了：kubectl 说 `etcdserver: request timed out`。',
    },
    'slow-disk': {
      name: '磁盘很慢',
      broken: '{target} 的磁盘很慢',
      expect: '拉镜像、启动容器要十倍的时间，长时间停在 ContainerCreating。',
    },
  },
  anywhere: '全部',
  lead: '只在这个页面里的集群中发生，随时可以退回。',
  none: '没有弄坏任何东西。',
  now: '正在发生：{what}',
  since: '从 {time} 起，已 {seconds} s',
  first: '先看到：{what}',
  break: '弄坏',
  repair: '修好',
  loading: '正在看能弄坏什么……',
  nothing: '一个也没有',
  target: '{name}：哪一个',
}
