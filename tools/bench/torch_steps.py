"""Trains the base models in PyTorch and says how fast, a line of JSON for every line of JSON: torch_steps.py THREADS

Questions are {"do": "prepare", "model", "options", "optimizer", "batch"} and {"do": "measure", "seconds"}. The models
are those of packages/models/src/zoo with the same options.
"""
import ctypes, json, sys, time

try:
    import torch
    from torch import nn
    from torch.nn import functional as F
except ImportError as error:
    print(json.dumps({"missing": str(error)}), flush=True)
    sys.exit()

options = {}  # of the model that is being built


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


MODELS = {"ae": Ae, "conv-ae": ConvAe, "vae": Vae, "conv-vae": ConvVae}
OPTIMIZERS = {"adam": torch.optim.Adam, "adamax": torch.optim.Adamax}


class Training:
    def __init__(self, model, optimizer, batch):
        torch.manual_seed(0)
        self.model = MODELS[model]()
        self.update = OPTIMIZERS[optimizer["name"]](self.model.parameters(), lr=optimizer["learningRate"])
        self.images = torch.rand(20, batch, 1, 28, 28)
        self.batch, self.taken = batch, 0

    def step(self):
        self.update.zero_grad(set_to_none=True)
        loss = self.model.loss(self.images[self.taken % 20])
        loss.backward()
        self.update.step()
        self.taken += 1
        return loss

    def images_per_second(self, seconds):
        for _ in range(3):
            self.step()
        start, steps = time.perf_counter(), 0
        while time.perf_counter() - start < seconds:
            loss = self.step()
            steps += 1
        loss.item()
        return steps * self.batch / (time.perf_counter() - start)


def products_per_second(m, k, n, seconds):
    """How often per second [m, k] is multiplied by [k, n]; the best of a few spells."""
    a, b = torch.full((m, k), 0.5), torch.full((k, n), 0.25)
    best, end = 0, time.perf_counter() + seconds
    while time.perf_counter() < end:
        start = time.perf_counter()
        for _ in range(50):
            a @ b
        best = max(best, 50 / (time.perf_counter() - start))
    return best


def blas():
    """The BLAS that is really loaded, and which processor it takes this one for."""
    with open("/proc/self/maps") as maps:
        paths = sorted({line.split()[-1] for line in maps if "blas" in line.lower() or "libmkl" in line.lower()})
    for path in paths:
        library = ctypes.CDLL(path)
        if hasattr(library, "openblas_get_config"):
            library.openblas_get_config.restype = library.openblas_get_corename.restype = ctypes.c_char_p
            version = library.openblas_get_config().decode().split()[1]
            return f"OpenBLAS {version} for {library.openblas_get_corename().decode()}"
    return ", ".join(path.split("/")[-1] for path in paths) or "an unknown BLAS"


torch.set_num_threads(int(sys.argv[1]))
print(json.dumps({"description": f"PyTorch {torch.__version__} with {blas()}", "blas": blas()}), flush=True)
training = None
for line in sys.stdin:
    question = json.loads(line)
    if question["do"] == "prepare":
        training, options = None, question["options"]
        training = Training(question["model"], question["optimizer"], question["batch"])
        start = time.perf_counter()
        training.step()
        answer = {"seconds": time.perf_counter() - start}
    elif question["do"] == "product":
        answer = {"perSecond": products_per_second(*question["sides"], question["seconds"])}
    else:
        answer = {"imagesPerSecond": training.images_per_second(question["seconds"])}
    print(json.dumps(answer), flush=True)
