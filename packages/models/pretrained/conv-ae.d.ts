export declare const weights: string;
