"""Times training steps of one model in PyTorch: torch_steps.py THREADS MODEL '{"options": ..., "optimizer": ..., "batchSize": 50}'.

The models are those of packages/models/src/zoo with the same options; prints seconds a step as JSON, or, without
arguments, what PyTorch this is.
"""
import json, re, sys, time

import torch
from torch import nn
from torch.nn import functional as F

if len(sys.argv) == 1:
    blas = re.search(r"BLAS_INFO=(\w+)", torch.__config__.show())
    print(json.dumps({"version": torch.__version__, "blas": blas.group(1) if blas else "unknown"}))
    sys.exit()

SECONDS = 1.5
threads, name, request = int(sys.argv[1]), sys.argv[2], json.loads(sys.argv[3])
options, optimizer, batch = request["options"], request["optimizer"], request["batchSize"]
torch.set_num_threads(threads)
torch.manual_seed(0)


def stack(sizes, last_active=True, activation=nn.ReLU):
    layers = []
    for i, (inputs, outputs) in enumerate(zip(sizes, sizes[1:])):
        layers.append(nn.Linear(inputs, outputs))
        if last_active or i < len(sizes) - 2:
            layers.append(activation())
    return nn.Sequential(*layers)


def halving(inputs, outputs, kernel=3):
    return nn.Conv2d(inputs, outputs, kernel, stride=2, padding=kernel // 2)


def doubling(inputs, outputs, kernel=3):
    return nn.ConvTranspose2d(inputs, outputs, kernel, stride=2, padding=kernel // 2, output_padding=1)


class Ae(nn.Module):
    def __init__(self):
        super().__init__()
        sizes = [784, *options["hidden"], options["latentDim"]]
        self.encoder = stack(sizes, last_active=options["codeActivation"] == "relu")
        self.features = stack(sizes[:0:-1])
        self.output = nn.Linear(sizes[1], 784)

    def loss(self, x):
        x = x.flatten(1)
        h = self.features(self.encoder(x))
        if options["dropout"] > 0:
            h = F.dropout(h, options["dropout"])
        return F.mse_loss(torch.sigmoid(self.output(h)), x)


class ConvAe(nn.Module):
    def __init__(self):
        super().__init__()
        a, b = options["channels"]
        if options["code"] == "map":
            encoder = [nn.Conv2d(1, a, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(a, b, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)]
            decoder = [nn.ConvTranspose2d(b, a, 2, stride=2), nn.ReLU(), nn.ConvTranspose2d(a, 1, 2, stride=2)]
        else:
            dense = [49 * b, *options["hidden"], options["latentDim"]]
            encoder = [halving(1, a), nn.SiLU(), halving(a, b), nn.SiLU(), nn.Flatten(), stack(dense, False, nn.SiLU)]
            decoder = [stack(dense[::-1], True, nn.SiLU), nn.Unflatten(1, (b, 7, 7)), doubling(b, a), nn.SiLU(), doubling(a, 1)]
        self.net = nn.Sequential(*encoder, *decoder, nn.Sigmoid())

    def loss(self, x):
        return F.mse_loss(self.net(x), x)


class Variational(nn.Module):
    def loss(self, x):
        h = self.encoder(x)
        mean, log_var = self.mean(h), self.log_var(h)
        z = mean + torch.randn_like(mean) * (0.5 * log_var).exp()
        nll = F.binary_cross_entropy_with_logits(self.decoder(z), x.view(self.shape), reduction="sum")
        kl = -0.5 * torch.sum(1 + log_var - mean.pow(2) - log_var.exp())
        return (nll + kl) / x.shape[0]


class Vae(Variational):
    def __init__(self):
        super().__init__()
        sizes = [784, *options["hidden"]]
        self.encoder = nn.Sequential(nn.Flatten(), stack(sizes))
        self.mean, self.log_var = (nn.Linear(sizes[-1], options["latentDim"]) for _ in range(2))
        self.decoder = nn.Sequential(stack([options["latentDim"], *sizes[:0:-1]]), nn.Linear(sizes[1], 784))
        self.shape = (-1, 784)


class ConvVae(Variational):
    def __init__(self):
        super().__init__()
        (a, b), kernel, latent, hidden = options["channels"], options["kernelSize"], options["latentDim"], options["hidden"]
        act = nn.SiLU if options["activation"] == "swish" else nn.ReLU
        strided = options["strides"] == 2
        down = halving if strided else nn.Conv2d
        up = doubling if strided else nn.ConvTranspose2d
        side = 7 if strided else 28 - 2 * (kernel - 1)
        dense = [b * side * side, hidden] if hidden else [b * side * side]
        self.encoder = nn.Sequential(down(1, a, kernel), act(), down(a, b, kernel), act(), nn.Flatten(), stack(dense, True, act))
        self.mean, self.log_var = (nn.Linear(dense[-1], latent) for _ in range(2))
        self.decoder = nn.Sequential(stack([latent, *dense[::-1]], True, act), nn.Unflatten(1, (b, side, side)), up(b, a, kernel), act(), up(a, 1, kernel))
        self.shape = (-1, 1, 28, 28)


model = {"ae": Ae, "conv-ae": ConvAe, "vae": Vae, "conv-vae": ConvVae}[name]()
kinds = {"adam": torch.optim.Adam, "adamax": torch.optim.Adamax}
update = kinds[optimizer["name"]](model.parameters(), lr=optimizer["learningRate"])
images = torch.rand(batch, 1, 28, 28)


def step():
    update.zero_grad()
    loss = model.loss(images)
    loss.backward()
    update.step()
    return loss


def time_steps(count):
    start = time.perf_counter()
    for _ in range(count):
        loss = step()
    loss.item()
    return (time.perf_counter() - start) / count


time_steps(2)
first = time_steps(2)
length = max(1, min(200, round(SECONDS / 8 / first)))
times = sorted(time_steps(length) for _ in range(max(2, min(8, round(SECONDS / (length * first))))))
print(json.dumps({"secondsPerStep": times[len(times) // 2]}))
