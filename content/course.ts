// The whole course, written or not: what each chapter is for, and the titles of lessons that are still to be written. A
// lesson that is there has its title in its own text. `<See lesson="7.3" />` and the home page read this.
export interface PlannedChapter {
  readonly number: number
  readonly title: { readonly zh: string; readonly en: string }
  /** What it is for, in one sentence. */
  readonly purpose: { readonly zh: string; readonly en: string }
  /** In order, from 1: Chinese title, English title. */
  readonly lessons: readonly (readonly [zh: string, en: string])[]
  /** The exercise over the whole chapter. */
  readonly story?: readonly [zh: string, en: string]
}

const chapter = (
  number: number,
  [zh, en]: readonly [string, string],
  [forZh, forEn]: readonly [string, string],
  lessons: PlannedChapter['lessons'],
  story?: PlannedChapter['story'],
): PlannedChapter => ({
  number,
  title: { zh, en },
  purpose: { zh: forZh, en: forEn },
  lessons,
  ...(story && { story }),
})

export const course: readonly PlannedChapter[] = [
  chapter(
    0,
    ['环境准备', 'Getting ready'],
    [
      '认识两台机器和 kubectl，学会直接问集群。',
      'Meet two machines and kubectl, and learn to ask the cluster itself.',
    ],
    [
      ['两个节点和一个 kk', 'Two nodes and a kk'],
      ['向集群提问', 'Ask the cluster'],
      ['怎样用这本教程', 'How to use this course'],
    ],
  ),
  chapter(
    1,
    ['简介', 'How it all hangs together'],
    [
      '一个集群里有哪些部件，谁听谁的，坏了会怎样。',
      'Which parts a cluster has, who listens to whom, and what happens when one breaks.',
    ],
    [
      ['为什么需要编排', 'Why orchestration'],
      ['控制平面', 'The control plane'],
      ['etcd 坏了会怎样', 'When etcd is down'],
      ['节点上有什么', 'What runs on a node'],
      ['核心对象一览', 'The objects worth knowing first'],
      ['跟着一次 apply 走', 'Follow one apply'],
      ['集群里的 DNS', 'DNS in the cluster'],
    ],
    ['一次 apply 的每一站', 'Every stop of an apply'],
  ),
  chapter(
    2,
    ['镜像与 docker', 'Images and docker'],
    [
      '把程序装进镜像，推到集群拉得到的地方。',
      'Put a program into an image, and the image where the cluster can pull it.',
    ],
    [
      ['程序和 Dockerfile', 'A program and its Dockerfile'],
      ['缓存与 <none>', 'The cache and <none>'],
      ['运行容器', 'Run a container'],
      ['推送镜像', 'Push an image'],
      ['集群为什么看不到本地镜像', 'Why the cluster does not see your image'],
    ],
    ['没有推送的镜像', 'The image that nobody pushed'],
  ),
  chapter(
    3,
    ['Pod', 'Pods'],
    [
      '最小的运行单位：怎样来，怎样走，病了怎样看。',
      'The smallest thing that runs: how it comes, how it goes, how to tell what ails it.',
    ],
    [
      ['创建、查看、删除', 'Create, look, delete'],
      ['能改什么', 'What can be changed'],
      ['进去看看', 'Look inside'],
      ['两个容器一个家', 'Two containers, one home'],
      ['先做准备：Init 容器', 'Before the start: init containers'],
      ['运行自己的程序', 'Your own program'],
      ['STATUS 大全', 'Every STATUS there is'],
      ['重启与退避', 'Restarts and back-off'],
      ['删除的过程', 'How a pod is deleted'],
      ['Pod 的网络', 'The network of a pod'],
      ['资源：请求与限制', 'Resources: requests and limits'],
      ['去哪个节点', 'Which node'],
      ['卷', 'Volumes'],
      ['以谁的身份运行', 'As whom it runs'],
    ],
    ['五张病历', 'Five patients'],
  ),
  chapter(
    4,
    ['使用 Deployment', 'Deployment'],
    [
      '让“一直有几个”成为集群的事，更新不断，坏了能退。',
      'Make “always so many” the cluster’s job: update without a gap, go back when it breaks.',
    ],
    [
      ['部署一组 Pod', 'Deploy a group of pods'],
      ['改变副本数', 'Change the number of replicas'],
      ['更新到新版本', 'Update to a new version'],
      ['发布坏了，怎么退回去', 'The release is broken: roll back'],
      ['更新的节奏', 'The pace of an update'],
      ['水平扩缩', 'Scale out and in'],
      ['存活探针', 'Liveness probes'],
      ['就绪探针', 'Readiness probes'],
      ['暂停与继续', 'Pause and resume'],
      ['底层的 ReplicaSet', 'The ReplicaSet below'],
      ['自动扩缩', 'Scaling by itself'],
    ],
    ['发布日', 'Release day'],
  ),
  chapter(
    5,
    ['DaemonSet', 'DaemonSet'],
    [
      '每个节点一个：日志、监控这类跟着节点走的程序。',
      'One on each node, for what follows the nodes: logs, metrics.',
    ],
    [
      ['每个节点一个', 'One on each node'],
      ['污点与容忍', 'Taints and tolerations'],
      ['更新与回滚', 'Update and roll back'],
      ['维护节点', 'Maintain a node'],
    ],
    ['每个节点的日志', 'The logs of every node'],
  ),
  chapter(
    6,
    ['Job 与 CronJob', 'Job and CronJob'],
    ['做完就走的任务，和按时刻来的任务。', 'Work that ends, and work that comes by the clock.'],
    [
      ['跑一次', 'Run once'],
      ['次数与并行', 'Completions and parallelism'],
      ['失败了怎么办', 'When it fails'],
      ['CronJob', 'CronJob'],
      ['并发策略与补跑', 'Concurrency and missed runs'],
      ['StatefulSet 初见', 'A first look at StatefulSet'],
    ],
    ['日报迟到', 'The report is late'],
  ),
  chapter(
    7,
    ['Service', 'Service'],
    ['给来来去去的 Pod 一个不变的地址。', 'A fixed address in front of pods that come and go.'],
    [
      ['五种类型', 'Five types'],
      ['ClusterIP：一个不变的地址', 'ClusterIP: an address that stays'],
      ['数据包怎么走', 'How a packet travels'],
      ['NodePort', 'NodePort'],
      ['LoadBalancer', 'LoadBalancer'],
      ['无头服务', 'Headless Services'],
      ['ExternalName 与手工 Endpoints', 'ExternalName and hand-made endpoints'],
      ['externalIPs', 'externalIPs'],
      ['服务发现', 'Service discovery'],
      ['NetworkPolicy', 'NetworkPolicy'],
    ],
    ['服务不通', 'Four ways of not answering'],
  ),
  chapter(
    8,
    ['Ingress', 'Ingress'],
    ['从外面进来的一扇门：域名、路径和证书。', 'One door from outside: host names, paths, certificates.'],
    [
      ['为什么要有 Ingress', 'Why Ingress'],
      ['安装 ingress-nginx', 'Install ingress-nginx'],
      ['两个后端', 'Two backends'],
      ['host、默认后端与 rewrite', 'Hosts, default backend, rewrite'],
      ['TLS', 'TLS'],
      ['高可用', 'High availability'],
      ['三种部署方式', 'Three ways to deploy it'],
      ['退役与 Gateway API', 'Retirement, and the Gateway API'],
    ],
    ['只要一个网址', 'One address for the whole shop'],
  ),
  chapter(
    9,
    ['Namespace', 'Namespaces'],
    ['几个组共用一个集群：名字、配额和权限。', 'Several teams in one cluster: names, quotas, permissions.'],
    [
      ['创建与切换', 'Create and switch'],
      ['跨 namespace 访问', 'Across namespaces'],
      ['删除', 'Delete'],
      ['配额与 LimitRange', 'Quotas and LimitRange'],
      ['谁能做什么', 'Who may do what'],
    ],
    ['两个组，一个集群', 'Two teams, one cluster'],
  ),
  chapter(
    10,
    ['ConfigMap 与 Secret', 'ConfigMap and Secret'],
    ['不写进镜像的配置、密码和数据。', 'Configuration, passwords and data that stay out of the image.'],
    [
      ['ConfigMap 的四种用法', 'Four uses of a ConfigMap'],
      ['改了 ConfigMap，谁会知道', 'Who hears of a changed ConfigMap'],
      ['Secret 与它的类型', 'Secret and its types'],
      ['引用、optional 与修复', 'References, optional, and repair'],
      ['私有仓库', 'Private registries'],
      ['Downward API', 'Downward API'],
      ['存储', 'Storage'],
    ],
    ['换一次密码', 'Rotate a password'],
  ),
  chapter(
    11,
    ['结语', 'To end with'],
    ['从这里往哪里走，还有最后一场事故。', 'Where to go from here, and one last incident.'],
    [['从这里往哪里走', 'Where to go from here']],
    ['旧书节的早晨', 'The morning of the book fair'],
  ),
]
