// Why fields have no effect (src/kinds/field-effects), in Chinese by their English text. A test holds that none is missing.
export const fieldReasons: Readonly<Record<string, string>> = {
  'pods are scheduled one by one': 'Pod 是一个一个调度的',
  'volumes are file systems, not block devices': '卷都是文件系统，没有块设备',
  'there are no devices: a pod with claims waits': '没有设备：要设备的 Pod 会一直等',
  'nothing is mounted within a volume': '卷的里面不再挂载别的东西',
  'such a hook is never run, as in a real cluster': '这种钩子从不执行，真实集群也一样',
  'nodes run without SELinux': '节点没有 SELinux',
  'nodes run Linux': '节点运行 Linux',
  'all of /proc is shown': '/proc 没有被遮住的部分',
  'nodes run without AppArmor: a pod with any profile is refused':
    '节点没有 AppArmor：带任何配置的 Pod 都会被拒绝',
  'no storage system of this kind: the pod waits, with an event':
    '没有这种存储系统：Pod 会一直等，并有事件说明',
  'off in Kubernetes itself: the pod waits, with an event':
    'Kubernetes 自己默认关闭了它：Pod 会一直等，并有事件说明',
  'Kubernetes itself has no such volumes any more: the pod waits, with an event':
    'Kubernetes 自己已不再有这种卷：Pod 会一直等，并有事件说明',
  'no trust bundles are published here': '这里没有发布信任证书包',
  'nobody signs certificates of pods here': '这里没有人给 Pod 签证书',
  'volumes are made empty': '新建的卷都是空的',
  'volumes are made empty, and ingress-nginx knows services only':
    '新建的卷都是空的；ingress-nginx 的后端只能是 Service',
  'volumes have no attributes that could change': '卷没有可以改的属性',
  'volumes are not measured against it, as in a real cluster': '没有人用它去衡量卷，真实集群也一样',
  'a template of claims is one whatever it says of itself, as in a real cluster':
    'PVC 模板不管自称是什么都是 PVC 模板，真实集群也一样',
  'dropped, as in a real cluster in which MaxUnavailableStatefulSet is off':
    '会被丢掉；MaxUnavailableStatefulSet 没有打开的真实集群也一样',
}
