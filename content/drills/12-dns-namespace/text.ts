import type { DrillText } from '../../../src/lesson/drill.ts'

export default {
  zh: {
    title: '搬家以后找不到购物车',
    report:
      '上周把前端搬进了 web namespace，购物车留在 shop。从那以后前端日志里全是 000，cart 自己却很健康。',
    goals: {
      'frontend-served': '前端最近 5 次请求都到了 `shop/cart`',
      'by-name': '地址写的是名字，不是 IP',
      'cart-stays': 'cart 还在 shop，没有在 web 再部署一份',
    },
    hints: [
      '在前端的 Pod 里 `nslookup cart`：查的是哪个 namespace？',
      '短名字只在自己的 namespace 里找（`/etc/resolv.conf` 的 search）。',
      '跨 namespace 要写成 `SERVICE.NAMESPACE`。',
    ],
    teaches: '短名字只在自己的 namespace 里有效；search 列表与 ndots。',
  },
  en: {
    title: 'The cart has moved out',
    report:
      'Last week the frontend moved into namespace web and the cart stayed in shop. Since then the frontend logs nothing but 000, while cart itself is healthy.',
    goals: {
      'frontend-served': "the frontend's last five requests reached `shop/cart`",
      'by-name': 'the address is a name, not an IP',
      'cart-stays': 'cart is still in shop and was not deployed again in web',
    },
    hints: [
      '`nslookup cart` in the frontend pod: which namespace is asked?',
      'A short name is looked up in its own namespace (search in `/etc/resolv.conf`).',
      'Across namespaces write `SERVICE.NAMESPACE`.',
    ],
    teaches: 'Short names hold in the own namespace only; the search list and ndots.',
  },
} satisfies DrillText
