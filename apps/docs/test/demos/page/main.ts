import { createApp, type Component } from 'vue';

/** Mounts the demo that the address asks for: `/?LatentExplorer`. */
const demos = import.meta.glob<{ default: Component }>('../../../src/demos/*.vue');
const name = location.search.slice(1).split('&')[0];
const { default: demo } = await demos[`../../../src/demos/${name}.vue`]!();
createApp(demo).mount('#place');
