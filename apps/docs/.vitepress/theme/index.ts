import type { Theme } from 'vitepress';
import DefaultTheme from 'vitepress/theme-without-fonts';
import 'katex/dist/katex.min.css';

import './style.css';
import Benchmarks from './components/Benchmarks.vue';
import CommandHelp from './components/CommandHelp.vue';
import Demo from './components/Demo.vue';
import FigureExample from './components/FigureExample.vue';
import Gallery from './components/Gallery.vue';
import ModelFacts from './components/ModelFacts.vue';
import ModelList from './components/ModelList.vue';
import OriginNumbers from './components/OriginNumbers.vue';
import RunFigure from './components/RunFigure.vue';
import RunFigures from './components/RunFigures.vue';
import RunNumber from './components/RunNumber.vue';
import RunNumbers from './components/RunNumbers.vue';
import StartPage from './components/StartPage.vue';
import Survived from './components/Survived.vue';

const components = {
  Benchmarks,
  CommandHelp,
  Demo,
  FigureExample,
  Gallery,
  ModelFacts,
  ModelList,
  OriginNumbers,
  RunFigure,
  RunFigures,
  RunNumber,
  RunNumbers,
  StartPage,
  Survived,
};

export default {
  extends: DefaultTheme,
  enhanceApp({ app }) {
    for (const [name, component] of Object.entries(components)) app.component(name, component);
  },
} satisfies Theme;
