// Words of the pages beside the chapters. Only the build needs them: they stay out of what the lab loads.
import type { Language } from './strings.ts'

const en = {
  gallery: 'Manifests',
  galleryLead:
    'Every manifest of the course: read it, take it, apply it from here to any cluster, or open it in the lab.',
  galleryFind: 'Find',
  galleryKind: 'Kind',
  galleryAll: 'all',
  galleryCount: '{n} manifests',
  galleryLines: '{n} lines',
  galleryOpen: 'Open in the lab',
  galleryLessons: 'Shown in',
  galleryAccepted: 'Accepted by the schema and the rules of 1.36.',
  galleryRefused: 'Wrong on purpose: the API server would find {n} faults.',
  galleryRun: 'Played by every test run, in',
  errataLead:
    'What older tutorials say and what is so in 1.36, in the order of the lessons. Each stands in its lesson, beside what runs.',
  verification: 'How this is verified',
  verificationLead:
    'The simulator is held against recordings of a real cluster. These are the figures of the last full run.',
  verificationBadge: 'What “verified” means',
  verificationBadgeText:
    'Every command of a lesson is played again by every test run, in the simulator, and each byte that it prints is compared with what the page shows. The page plays the same commands with the same seed.',
  verificationAreas: 'Against a real cluster, by area',
  verificationAreasText:
    'Each case was recorded on a real Kubernetes {version}. It runs in a fresh simulated cluster, under the seeds {seeds}, and counts when the answer is the same; shown is the worst seed.',
  verificationArea: 'area',
  verificationSame: 'the same',
  verificationTotal: 'recorded',
  verificationMisses: 'What does not match, and why',
  verificationMissesText: 'Known misses, by reason.',
  about: 'About the simulator',
  aboutLead: 'What runs in this page, what does not, and where time and chance come from.',
  aboutTime: 'Time and chance',
  aboutTimeText:
    'Time is virtual: it passes as fast as you say, and a wait of ten minutes costs nothing. All chance comes from one seed, so the same commands lead to the same names, addresses and races. What depends on chance in a real cluster depends on it here: with another seed, or when you do things in another order, it may turn out otherwise.',
  aboutActs: 'What acts',
  aboutActsText:
    'A control plane with API server, scheduler and controllers, nodes with a kubelet, a network with DNS and Service rules, kubectl, a shell and docker. They speak to each other through the API alone, as the real ones do. Every kind that 1.36 serves can be created and is checked; which of them act, and which flags have no effect, is listed in the README of the source.',
  aboutNot: 'What does not act',
  aboutNotText:
    'There is no kernel and no real network below it: a container runs a program that was rewritten for the simulator. Other programs start, log and listen, and say so where they are asked for more. Nothing leaves the page.',
  aboutImages: 'Images of the registry',
  aboutImagesText: 'Another repository is refused as a registry does; a tag that never was is not found.',
  aboutFields: 'Fields that are accepted and read by nothing',
  aboutImage: 'images',
  aboutTags: 'tags',
  aboutRuns: 'what runs',
  conducts: {
    program: 'its own program, as far as tutorials use it',
    database: 'keeps what it is told on its volume; its client asks it',
    web: 'answers HTTP as the program of that name does',
    shell: 'a shell and the tools of its system',
    service: 'starts, logs, listens; what it would do with a request is left out',
    cluster: 'a part of a cluster; the simulator does its work, or leaves it out',
  } as Readonly<Record<string, string>>,
  beside: 'Beside the lessons',
}

const zh: typeof en = {
  gallery: '清单库',
  galleryLead:
    '整本教程的清单都在这里：可以读，可以拿走，可以从这里直接应用到任何集群，也可以在实验台里打开。',
  galleryFind: '查找',
  galleryKind: '种类',
  galleryAll: '全部',
  galleryCount: '{n} 份清单',
  galleryLines: '{n} 行',
  galleryOpen: '在实验台里打开',
  galleryLessons: '用在',
  galleryAccepted: '符合 1.36 的结构和规则。',
  galleryRefused: '故意写错的：API 服务器会指出 {n} 处。',
  galleryRun: '每次测试都会运行，见',
  errataLead: '较早的教程怎样说，1.36 里其实怎样，按小节排列。每一条都写在小节里，旁边就是能运行的命令。',
  verification: '怎样核对',
  verificationLead: '模拟器与真实集群的记录逐条比对。下面是最近一次完整比对的数字。',
  verificationBadge: '“已核对”是什么意思',
  verificationBadgeText:
    '每次测试都会在模拟器里把小节的命令重新运行一遍，打印的每个字节都与页面上的比对。页面用同一个种子运行同样的命令。',
  verificationAreas: '与真实集群相比，按范围',
  verificationAreasText:
    '每一条都录自真实的 Kubernetes {version}。它在一个新的模拟集群里运行，种子是 {seeds}，回答相同才算数；这里列的是最差的那个种子。',
  verificationArea: '范围',
  verificationSame: '相同',
  verificationTotal: '记录',
  verificationMisses: '哪些不同，为什么',
  verificationMissesText: '已知的不同，按原因排列（原因以英文记录）。',
  about: '关于模拟器',
  aboutLead: '这个网页里运行着什么，没有什么，时间和偶然从哪里来。',
  aboutTime: '时间与偶然',
  aboutTimeText:
    '时间是虚拟的：快慢由你定，等十分钟不花一秒。所有的偶然都出自一个种子，所以同样的命令得到同样的名字、地址和先后。真实集群里靠偶然的事，这里也靠偶然：换一个种子，或者换一个操作顺序，结果可能不同。',
  aboutActs: '哪些会动作',
  aboutActsText:
    '控制平面有 API 服务器、调度器和控制器，节点上有 kubelet，网络有 DNS 和 Service 的规则，还有 kubectl、shell 和 docker。它们只通过 API 往来，与真的一样。1.36 提供的每一种对象都能创建，也都会检查；哪些会动作，哪些选项没有效果，列在源代码的 README 里。',
  aboutNot: '哪些不会动作',
  aboutNotText:
    '下面没有内核，也没有真的网络：容器里运行的是为模拟器重写的程序。别的程序会启动、写日志、监听端口，问到更多时会直说。任何东西都不会离开这个网页。',
  aboutImages: '仓库里的镜像',
  aboutImagesText: '不在其中的仓库，会像真的镜像仓库那样拒绝；从来没有过的标签会说找不到。',
  aboutFields: '接受但没有效果的字段（原因以英文记录）',
  aboutImage: '镜像',
  aboutTags: '标签',
  aboutRuns: '运行什么',
  conducts: {
    program: '它自己的程序，教程里用到的部分',
    database: '把写进去的东西存在卷里，客户端能查到',
    web: '像同名的程序那样应答 HTTP',
    shell: '一个 shell 和那个系统的工具',
    service: '启动、写日志、监听端口；请求由它做的事没有做',
    cluster: '集群的部件；它的活由模拟器做，或者没有做',
  },
  beside: '课程之外',
}

export const pageStrings: Readonly<Record<Language, typeof en>> = { zh, en }
