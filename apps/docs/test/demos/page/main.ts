import { createApp, type Component } from 'vue';

import { MIRRORS } from '../../../src/demos/digits/mnist.js';

/** Mounts the demo that the address asks for: `/?LatentExplorer`, `/?LatentExplorer&http://its.mirror/of/mnist/`. */
const demos = import.meta.glob<{ default: Component }>('../../../src/demos/*.vue');
const [name, mirror] = location.search.slice(1).split('&');
const { default: demo } = await demos[`../../../src/demos/${name}.vue`]!();
const app = createApp(demo);
if (mirror) app.provide(MIRRORS, [mirror]);
app.mount('#place');
