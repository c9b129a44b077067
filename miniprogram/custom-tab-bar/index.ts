import type { Chrome } from '../core/protocol';
import { tell } from '../shell/run';

Component({
  data: { chrome: null as Chrome | null, look: 'root' },
  methods: {
    go({ currentTarget: { dataset } }: WechatMiniprogram.CustomEvent<object, object, { path: string }, { path: string }>) {
      tell({ op: 'follow', path: dataset.path });
    },
  },
});
